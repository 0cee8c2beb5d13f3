/**
 * How long the compiler takes on ten environments with 150 tools, their hints and 300 typed tasks, written against the built types as a
 * user has them, and what it says of one slip. `npm run bench:compile`, after a build.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compileProject } from "./compile-project.ts";
import { plantError, plantedErrors } from "./planted-errors.ts";
import { writeTypedProject } from "./typed-project.ts";

/** What was wrong in the end stands in the last line of an error; types in between may be long. */
const shortly = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line.length > 160 ? `${line.slice(0, 159)}…` : line))
    .join("\n    ");

const root = resolve(".");
if (!existsSync(join(root, "dist/types/src/index.d.ts")))
  throw new Error("there are no built types: run `npm run build` first, in the repository");
const compiler = join(root, "node_modules/typescript/bin/tsc");
const folder = mkdtempSync(join(tmpdir(), "envtune-typed-project-"));
try {
  const { environments, tools, tasks } = writeTypedProject(folder, root);
  console.log(
    `${environments} environments, ${tools} tools with their hints, ${tasks} typed tasks; Node ${process.versions.node}`,
  );
  for (const options of [[], ["--checkers", "1"]]) {
    const runs = Array.from({ length: 3 }, () => compileProject(folder, compiler, options));
    const { seconds, busy, errors, figures } = runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
    const worked = busy === undefined ? "" : `, of the processor ${busy.toFixed(1)} s`;
    console.log(`  tsc ${options.join(" ")}`.trimEnd());
    console.log(`    cold, best of three: ${seconds.toFixed(1)} s${worked}, ${errors.length} errors`);
    for (const name of ["Files", "Types", "Instantiations", "Memory used"])
      console.log(`    ${name.toLowerCase()}: ${figures[name]}`);
  }
  for (const planted of plantedErrors) {
    const takeOut = plantError(folder, planted);
    const found = compileProject(folder, compiler).errors;
    takeOut();
    console.log(`\n${planted.slip} (${planted.tool}): ${found.length === 1 ? "one error" : `${found.length} errors`}`);
    for (const { file, line, text, tool } of found) console.log(`  ${file}:${line}, in ${tool}: ${shortly(text)}`);
    if (found.length !== 1 || found[0]!.tool !== planted.tool) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
