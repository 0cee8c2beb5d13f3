import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileProject } from "../../bench/compile-project.ts";
import { plantError, plantedErrors } from "../../bench/planted-errors.ts";
import { writeTypedProject } from "../../bench/typed-project.ts";

const root = resolve(import.meta.dirname, "../..");
const compiler = join(root, "node_modules/typescript/bin/tsc");
const folder = mkdtempSync(join(tmpdir(), "envtune-compiled-"));
const [installed, project] = [join(folder, "package"), join(folder, "project")];

beforeAll(() => {
  // The package as it is built now, whatever lies in dist.
  mkdirSync(installed);
  cpSync(join(root, "package.json"), join(installed, "package.json"));
  symlinkSync(join(root, "node_modules"), join(installed, "node_modules"));
  const types = join(installed, "dist/types");
  execFileSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json"), "--outDir", types], { cwd: root });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("ten environments of 150 tools with hints and 300 typed tasks compile without an error", () => {
  expect(writeTypedProject(project, installed)).toEqual({ environments: 10, tools: 150, tasks: 300 });
  expect(compileProject(project, compiler, ["--checkers", "1"]).errors).toEqual([]);
});

test.each(plantedErrors)("$slip: one error, in $tool", (planted) => {
  const takeOut = plantError(project, planted);
  const { errors } = compileProject(project, compiler, ["--checkers", "1"]);
  takeOut();
  expect(errors.map(({ file, tool }) => ({ file, tool }))).toEqual([{ file: planted.file, tool: planted.tool }]);
});
