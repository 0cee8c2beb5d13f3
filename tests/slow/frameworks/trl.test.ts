import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { expect, test } from "vitest";
import { startServer } from "../../../src/server/server.ts";
import { frameworkPython } from "../../frameworks/python-venv.ts";
import { runPytest } from "../../frameworks/run-pytest.ts";
import { bundledCatalog } from "../../server/catalog.ts";

const python = await frameworkPython("trl");

test.skipIf(python === undefined)(
  "GRPOTrainer of trl 1.16.0 plays our episodes, by environment_factory and by rollout_func, and so do the documented programs",
  async () => {
    const outDir = fileURLToPath(new URL("../../../.cache/framework-server", import.meta.url));
    // Where `envtune.launch` finds a server that is not part of an installed package.
    await build({ entry: { envtune: "src/cli/main.ts" }, config: false, format: "esm", outDir, silent: true });
    const server = await startServer({ catalog: await bundledCatalog() });
    try {
      const printed = await runPytest(python!, "trl", {
        ENVTUNE_URL: server.url,
        ENVTUNE_NODE: process.execPath,
        ENVTUNE_SERVER: `${outDir}/envtune.js`,
      });
      expect(printed).toMatch(/\d+ passed/);
      expect(server.table.active).toBe(0);
    } finally {
      await server.close();
    }
  },
);
