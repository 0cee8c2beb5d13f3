import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runCommand } from "citty";
import { afterAll, expect, test, vi } from "vitest";
import { authorError } from "../../src/cli/author-error.ts";
import { command } from "../../src/cli/command.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-thrown-"));
afterAll(() => {
  process.exitCode = 0;
  rmSync(folder, { recursive: true, force: true });
});

test("an error of a tool of the author's is told in one line, with its place and without a stack", async () => {
  const printed = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const error = new Error("no such\n  owner");
  error.stack = `Error: no such owner\n    at ${join(folder, "tools.ts")}:23:21\n    at attempt (${pathToFileURL("src/core/environment.ts")}:130:24)`;
  const play = command({ run: () => Promise.reject(error) });
  await runCommand(play, { rawArgs: [] });
  expect(printed.mock.calls.flat().join("")).toMatch(
    /^Error: no such owner \(\S*tools\.ts:23\); .*envtune verify.*\n$/,
  );
  expect(process.exitCode).toBe(1);
  printed.mockRestore();
});

test("what a real module throws has its line, also through a library of ours", async () => {
  const path = join(folder, "thrower.mjs");
  const ours = JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src/task/problem.ts")).href);
  writeFileSync(path, `import { pathText } from ${ours};\nexport const tool = () =>\n  pathText(undefined);\n`);
  const { tool } = await import(pathToFileURL(path).href);
  const thrown = (() => {
    try {
      tool();
    } catch (error) {
      return error;
    }
  })();
  expect(authorError(thrown)).toMatch(/^TypeError: .*thrower\.mjs:3\)/);
});

test("an error of ours keeps its stack", () => {
  const error = new Error("ours");
  error.stack = `Error: ours\n    at ${join(import.meta.dirname, "../../src/core/step.ts")}:1:1\n    at process.processTicks (node:internal/x:1:2)`;
  expect(authorError(error)).toBeUndefined();
  expect(authorError("a text")).toBeUndefined();
});
