import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Inside the checkout, so that the bundle finds the packages it imports. */
const bundle = join(root, "node_modules/.cache/envtune-test-probe");
const folder = mkdtempSync(join(tmpdir(), "envtune-probe-cli-"));
beforeAll(async () => {
  const entry = { cli: join(root, "src/cli/main.ts") };
  await build({ entry, outDir: bundle, format: "esm", target: "node20", config: false, silent: true, clean: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});
const envtune = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(bundle, "cli.js"), ...args], { cwd: folder, encoding: "utf8" });

test("a scripted policy is probed on the bundled tasks; the table has every comparison", () => {
  const args = [
    "probe",
    "hints",
    "--policy",
    "random",
    "--category",
    "base",
    "--limit",
    "8",
    "--samples",
    "1",
    "--out",
    "kept",
  ];
  const { status, stdout, stderr } = envtune(...args);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /failure +calls +real share +raw +shuffled - raw +diagnose - raw +guide - raw +direct - raw +guide - shuffled/,
  );
  expect(stderr).toMatch(/\d+ of \d+ continuations in kept/);
  expect(readdirSync(join(folder, "kept"))).toEqual(
    expect.arrayContaining(["continuations.jsonl", "probe.json", "traces.jsonl"]),
  );
  expect(envtune(...args).stderr).toMatch(/of them from an earlier sitting/);
});

test("narrowing prints numerators and denominators", () => {
  const { stdout } = envtune("probe", "narrowing", "--per-task", "1");
  expect(stdout).toMatch(/with a hint at guide: \d+ of \d+ \(/);
  expect(stdout).toMatch(
    /at most three candidates with a repair among them: guide \d+ of \d+ .*, shuffled hints \d+ of \d+/,
  );
});

test.each([
  [["probe", "hints"], "--base-url and --model are missing"],
  [["probe", "hints", "--policy", "random", "--per-task", "0"], "--per-task 0: expected a number of 1 or more"],
  [["probe", "narrowing", "--per-task", "x"], "--per-task x: expected a whole number of 1 or more"],
  [["lint", "hints", "--module", "none.js"], "none.js: there is no such file"],
])("%j is refused, with the fix and without a stack", (args, message) => {
  const { status, stderr } = envtune(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});
