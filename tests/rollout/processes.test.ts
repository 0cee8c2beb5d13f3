import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll, expect, test } from "vitest";
import { taskLine } from "../../src/task/save.ts";
import { copying, fileTask, sorting } from "../episode/sample-tasks.ts";
import { localEndpoint, saying, send } from "./local-endpoint.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Inside the checkout, so that the bundle finds the packages it imports. */
const bundle = join(root, "node_modules/.cache/envtune-test-cli");
const folder = mkdtempSync(join(tmpdir(), "envtune-processes-"));
const tasks = [copying, sorting, ...Array.from({ length: 18 }, (_, index) => fileTask(`more-${index}`, copying.turns))];
const file = join(folder, "sample.jsonl");

beforeAll(async () => {
  const entry = { cli: join(root, "src/cli/main.ts") };
  await build({ entry, outDir: bundle, format: "esm", target: "node20", config: false, silent: true, clean: true });
  writeFileSync(file, tasks.map((task) => `${taskLine(task)}\n`).join(""));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});

function envtune(args: readonly string[], onOutput: (process: ReturnType<typeof spawn>) => void = () => {}) {
  const child = spawn(process.execPath, [join(bundle, "cli.js"), "run", ...args], {
    cwd: folder,
    env: { ...process.env, ENVTUNE_CACHE: join(folder, "no-cache"), SECRET: "sk-secret" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
      onOutput(child);
    });
  return new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, output })),
  );
}

test("two processes write the same trace files, and a table", async () => {
  const [one, other] = await Promise.all(
    ["one", "other"].map((out, index) =>
      envtune(["--tasks", file, "--samples", "3", "--out", out, "--concurrency", index === 0 ? "1" : "7"]),
    ),
  );
  expect([one!.code, other!.code]).toEqual([0, 0]);
  for (const policy of ["ground-truth", "do-nothing", "answer-always", "random"]) {
    const [first, second] = ["one", "other"].map((out) =>
      readFileSync(join(folder, out, `sample-${policy}/traces.jsonl`)),
    );
    expect(first!.length).toBeGreaterThan(1000);
    expect(first!.equals(second!)).toBe(true);
  }
  expect(one!.output).toMatch(/sample: 20 tasks, profile bfcl/);
  expect(one!.output).toMatch(/ground-truth +base +57 +100\.0% +100\.0% +4\.0 +2\.0 +0 +100%\/100% +-\/-\n/);
});

test("Ctrl-C keeps finished episodes, exits with 130, and the same command goes on", async () => {
  let answered = 0;
  let interrupted = false;
  await using endpoint = await localEndpoint((_, response) => {
    answered++;
    // Two requests an episode: the third episode is the first that is left without an answer.
    if (interrupted || answered <= 4) send(response, 200, saying("no"));
    else {
      interrupted = true;
      running?.kill("SIGINT");
    }
  });
  let running: ReturnType<typeof spawn> | undefined;
  const args = [
    "--tasks",
    file,
    "--base-url",
    endpoint.baseUrl,
    "--model",
    "org/m",
    "--api-key-env",
    "SECRET",
    "--concurrency",
    "1",
    "--out",
    "kept",
  ];
  const first = await envtune(args, (child) => {
    running = child;
  });
  expect(first.code).toBe(130);
  expect(first.output).toContain("the same command goes on from here");
  const traces = () => readFileSync(join(folder, "kept/sample-org_m/traces.jsonl"), "utf8").split("\n").length - 1;
  expect(traces()).toBe(2);
  const second = await envtune([...args, "--concurrency", "18"]);
  expect(second.code).toBe(0);
  expect(second.output).toContain("2 of them from an earlier run");
  expect(second.output).not.toContain("Warning");
  expect(traces()).toBe(20);
  for (const name of ["run.json", "traces.jsonl", "timings.jsonl"])
    expect(readFileSync(join(folder, "kept/sample-org_m", name), "utf8")).not.toContain("sk-secret");
  expect(first.output + second.output).not.toContain("sk-secret");
  const { server } = JSON.parse(readFileSync(join(folder, "kept/sample-org_m/run.json"), "utf8"));
  expect(server).toBe(new URL(endpoint.baseUrl).origin);
  expect(endpoint.requests[0]!.headers.authorization).toBe("Bearer sk-secret");
});

test("--json prints one line a policy and category, and nothing else on standard output", async () => {
  const { output } = await envtune([
    "--tasks",
    file,
    "--policy",
    "random,do-nothing",
    "--json",
    "--out",
    "json",
    "--category",
    "base",
    "--limit",
    "2",
  ]);
  const rows = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  expect(rows).toEqual([
    expect.objectContaining({ dataset: "sample", policy: "random", group: "base", episodes: 2 }),
    {
      dataset: "sample",
      policy: "do-nothing",
      group: "base",
      episodes: 2,
      accuracy: 0,
      progress: 0,
      steps: 2,
      calls: 0,
      aborted: 0,
      abstention: { actRecall: 0, abstainPrecision: 0 },
    },
  ]);
});

test("what is wrong with the options is said without a stack", async () => {
  const { code, output } = await envtune(["--tasks", file, "--policy", "radnom"]);
  expect(output).toBe("--policy radnom: did you mean 'random'?\n");
  expect(code).toBe(1);
});
