import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "citty";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { probeLearnabilityCommand } from "../../src/cli/probe-learnability.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-learnability-"));
const printed: string[] = [];
vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
vi.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
afterEach(() => {
  process.exitCode = 0;
  printed.length = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...rawArgs: string[]) => runCommand(probeLearnabilityCommand, { rawArgs });
const small = ["--seeds", "2", "--updates", "8", "--arms", "off,shuffled,guide"];

test("a module of one's own: guide minus shuffled first, then the arms, and the reports as a file", async () => {
  const cellar = JSON.stringify(fileURLToPath(new URL("../testing/learnability/cellar.ts", import.meta.url)));
  const path = join(folder, "cellar.mjs");
  writeFileSync(
    path,
    `export { cellarHints, cellarRequests } from ${cellar}; export const config = { bottles: ["Rioja", "Merlot", "Syrah", "Malbec", "Pinot"] };`,
  );
  const out = join(folder, "reports.json");
  await run(path, ...small, "--out", out);
  const text = printed.join("");
  expect(text).toContain("Cellar (linear probe, not a language model): ");
  expect(text).toMatch(/progress on held-out families, hints off: \d\.\d{3} before training\n/);
  expect(text).toContain("the ground truth earns 1.000 on the tasks to learn from");
  expect(text).toContain("intervals over 2 seeds are too narrow to go by");
  expect(text.indexOf("guide - shuffled")).toBeLessThan(text.indexOf("guide - off"));
  expect(text).toMatch(/guide - shuffled +[+-]\d\.\d{3} \[[+-]\d\.\d{3}, [+-]\d\.\d{3}\]/);
  const [report] = JSON.parse(readFileSync(out, "utf8"));
  expect(report).toMatchObject({ subject: "Cellar", seeds: 2, witness: 1 });
  expect(report.arms.map(({ arm }: { arm: string }) => arm)).toEqual(["off", "shuffled", "guide"]);
});

test("a module's few tasks of its own are no training set: tasks are generated unless they are asked for", async () => {
  const cellar = JSON.stringify(fileURLToPath(new URL("../testing/learnability/cellar.ts", import.meta.url)));
  const path = join(folder, "cellar-with-tasks.mjs");
  const turn = { user: "Show the bottles.", groundTruth: [] };
  const task = { category: "base", environments: ["Cellar"], config: { Cellar: { bottles: ["Rioja", "Merlot"] } } };
  const tasks = ["one", "two"].map((id) => ({ ...task, id, family: id, turns: [turn] }));
  writeFileSync(
    path,
    `export { cellarHints, cellarRequests } from ${cellar}; export const tasks = ${JSON.stringify(tasks)};`,
  );
  await run(path, "--seeds", "1", "--updates", "2", "--arms", "off");
  expect(printed.join("")).toMatch(
    /^Cellar \(linear probe, not a language model\): \d\d tasks to learn from, \d\d held out/,
  );
});

test("a tool that throws is named by its place in the module", async () => {
  const path = join(folder, "bin.mjs");
  const at = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));
  writeFileSync(
    path,
    `import { z } from ${at("../../node_modules/zod/index.js")};
    import { defineHints, defineState } from ${at("../../src/index.ts")};
    const binState = defineState({
      name: "Bin", state: z.strictObject({ full: z.boolean() }), config: z.strictObject({}),
    }).init(() => ({ full: false }));
    const fill = binState
      .write({ description: "Fill the bin.", args: z.object({}), result: z.null(), failures: {} })
      .run(({ state }) => state.lid.open);
    const bin = binState.environment({ tools: { fill } });
    export const hints = defineHints(bin, { fill: {} });
    export const config = {};`,
  );
  await run(path, ...small);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatch(/bin\.mjs:\d+\)/);
  expect(process.exitCode).toBe(1);
});

test.each([
  [["--arms", "guide,best"], "--arms: no arm is named 'best'; there are off, shuffled"],
  [["--seeds", "0"], "--seeds 0"],
  [["--group-size", "1"], "--group-size 1"],
  [["--environment", "Bank"], "--environment: no environment is named 'Bank'; there are "],
  [["--tasks", "all"], "--tasks must be generated or own, not 'all'"],
  [["--dataset", "bundled", "--tasks", "own", "--environment", "ShopAPI"], "bundled has no task in ShopAPI"],
  [["nowhere.js"], "nowhere.js: there is no such file"],
  [["a.js", "b.js"], "'b.js' is one module too many"],
  [["--seed"], "--seed needs a value"],
])("%j is refused in one line", async (args, message) => {
  await run(...args);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toContain(message);
  expect(process.exitCode).toBe(1);
});
