import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = mkdtempSync(join(tmpdir(), "envtune-consumer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    // What a compiler complains of stands on its standard output, which the error alone does not show.
    throw new Error(`${(error as Error).message}\n${(error as { stdout?: string }).stdout ?? ""}`);
  }
}

const consumer = `
import { z } from "zod";
import { defineState, failure } from "envtune";
import { environmentOf, fileSystem } from "envtune/environments";
import { writeReport } from "envtune/report";
import { checkLaws } from "envtune/testing";
import { parseCall } from "envtune/python";
import { presetNames } from "envtune/training";
import { skyrl } from "envtune/training/tinker";

const counter = defineState({ name: "Counter", state: z.strictObject({ n: z.int() }), config: z.strictObject({}) }).init(() => ({ n: 0 }));
const add = counter
  .write({
    description: "Add to the counter.",
    args: z.object({ by: z.int() }),
    result: z.int(),
    failures: { negative: failure(z.strictObject({ by: z.int() }), ({ by }) => "cannot add " + by) },
  })
  .run(({ state, draft, args, fail }) => (args.by < 0 ? fail.negative({ by: args.by }) : (draft().n = state.n + args.by)));
const Counter = counter.environment({ tools: { add } });
checkLaws(Counter, { config: {}, runs: 20 });

const { outcome } = fileSystem.step(fileSystem.init({}), { tool: "cat", args: { file_name: "x" } });
const code: string = outcome.ok ? "ok" : outcome.error.code;
const both = environmentOf(["GorillaFileSystem", "MathAPI"]);
const sum = both.step(both.init({}), { tool: "add", args: { a: 1, b: 2 } });
const parsed = parseCall("ls(a=True)");
const refused: string = await writeReport([], { out: "report.html", tasks: [], environmentOf }).catch((error) => error.message);
const names: readonly string[] = [...presetNames, skyrl.name];
console.log(JSON.stringify({ code, sum: both.text("add", sum.outcome), tool: parsed.ok && parsed.tool, refused, names }));
`;

test("the packed package installs, type-checks against its declarations, and runs", () => {
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  writeFileSync(join(folder, "main.ts"), consumer);
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    types: [],
    outDir: "out",
    skipLibCheck: false,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["main.ts"] }));
  run("npm", ["install", "--no-audit", "--no-fund", `./${tarball}`, "zod", "fast-check@4", "typescript@7"], folder);
  run(join(folder, "node_modules/.bin/tsc"), [], folder);
  const output = run("node", ["out/main.js"], folder);
  expect(JSON.parse(output)).toEqual({
    ...{ code: "notFound", sum: '{"result": 3}', tool: "ls" },
    refused: "name a folder of a run, or a file of traces",
    names: ["paper", "paper-lora", "sft", "skyrl"],
  });
  const envtune = (...args: readonly string[]) => run(join(folder, "node_modules/.bin/envtune"), args, folder);
  expect(envtune("--help")).toContain("conformance");
  envtune("run", "--dataset", "bundled", "--policy", "random", "--limit", "2", "--out", "runs");
  expect(envtune("report", "runs/bundled-random")).toMatch(/^report\.html: 8 episodes, 0\.\d MB\n$/);
  expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("uPlot");
});
