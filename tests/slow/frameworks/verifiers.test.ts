import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { frameworkPython } from "../../frameworks/python-venv.ts";
import { runPytest } from "../../frameworks/run-pytest.ts";
import { scriptedMessages } from "../../frameworks/scripted-messages.ts";
import { bundledCatalog } from "../../server/catalog.ts";

let python: string | undefined;
let server: RunningServer;
const folder = mkdtempSync(join(tmpdir(), "envtune-verifiers-"));
const scripts = join(folder, "scripts.json");

beforeAll(async () => {
  python = await frameworkPython("verifiers");
  const catalog = await bundledCatalog();
  server = await startServer({ catalog });
  writeFileSync(scripts, JSON.stringify(scriptedMessages(catalog.tasks)));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("verifiers' own evaluation runs the bundled tasks", async ({ skip }) => {
  if (python === undefined) skip("there is no verifiers here");
  const printed = await runPytest(python!, "verifiers", { ENVTUNE_URL: server.url, ENVTUNE_SCRIPTS: scripts });
  console.log(printed.trim().split("\n").at(-1));
  expect(printed).toMatch(/\d+ passed/);
  // Every episode gave its session back, also where it was cut off or its model failed.
  expect(server.table.active).toBe(0);
});
