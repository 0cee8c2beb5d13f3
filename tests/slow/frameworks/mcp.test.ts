import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { frameworkPython } from "../../frameworks/python-venv.ts";
import { runPytest } from "../../frameworks/run-pytest.ts";
import { bundledCatalog } from "../../server/catalog.ts";

let server: RunningServer;
const catalog = await bundledCatalog();
beforeAll(async () => {
  server = await startServer({ catalog });
});
afterAll(() => server.close());

// The newest release, and the newest of the generation that frameworks still pin.
test.each(["mcp", "mcp-1"])("the official Python client plays an episode (%s)", async (name) => {
  const python = await frameworkPython(name);
  if (python === undefined) return;
  const { turns } = catalog.taskOf("miss_func_band_lyrics")!;
  const printed = await runPytest(python, "mcp_client", {
    ENVTUNE_URL: server.url,
    ENVTUNE_SCRIPT: JSON.stringify(turns.map(({ groundTruth }) => groundTruth)),
  });
  expect(printed).toMatch(/1 passed/);
  expect(server.table.active).toBe(0);
});
