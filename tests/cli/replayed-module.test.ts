import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { readReplayedModule } from "../../src/cli/replayed-module.ts";
import { lintHints } from "../../src/testing/lint-hints.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-module-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shelf = JSON.stringify(fileURLToPath(new URL("./shelf-environment.ts", import.meta.url)));
const defining = JSON.stringify(fileURLToPath(new URL("../../src/index.ts", import.meta.url)));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `import { good, bad, environment } from ${shelf};\n${text}\n`);
  return path;
};
const task = (title: string) =>
  `{ id: "t", family: "f", category: "base", environments: ["Shelf"], config: { Shelf: { books: ["Emma", "Ulysses"] } },
    turns: [{ user: "Take a book.", groundTruth: [{ tool: "take_book", args: { title: "${title}" } }] }] }`;

test("a module with hints and a config is walked at random; names of exports are free", async () => {
  const path = written("config.mjs", 'export const mine = good; export const config = { books: ["Emma", "Ulysses"] };');
  const { library, truths, hasTasks } = await readReplayedModule(path);
  expect([Object.keys(library), hasTasks]).toEqual([["Shelf"], false]);
  const report = lintHints(library, truths, "0", 300);
  expect(report).toMatchObject({ met: 1, declared: 1, findings: [] });
  expect(report.failures).toBeGreaterThan(50);
});

test("bad hints are found, with tasks and without", async () => {
  for (const rest of [
    `export const tasks = [${task("Ulysses")}];`,
    'export const config = { books: ["Emma", "Ulysses"] };',
  ]) {
    const path = written(`bad-${rest.length}.mjs`, `export const hints = { Shelf: bad }; ${rest}`);
    const { library, truths } = await readReplayedModule(path);
    expect(new Set(lintHints(library, truths, "0", 100).findings.map(({ rule }) => rule))).toEqual(
      new Set(["real", "available"]),
    );
  }
});

test.each([
  ["nothing.mjs", "export const x = 1;", /no export is an environment's hints; export what defineHints/],
  ["bare.mjs", "export const shelf = environment;", /'shelf' is an environment, but nothing exported holds its hints/],
  ["untried.mjs", "export { good };", /nothing to try them on; export 'tasks'.* or 'config'.* Shelf/],
  ["empty.mjs", "export { good }; export const tasks = [];", /'tasks' must be a list of at least one task/],
  [
    "wrong.mjs",
    `export { good }; export const tasks = [{ ...${task("Emma")}, environments: ["Shop"] }];`,
    /'tasks' cannot be used[\s\S]*no hints are exported for 'Shop'/,
  ],
  [
    "second.mjs",
    `export { good }; export const tasks = [${task("Emma")}, { ...${task("Emma")}, turns: [] }];`,
    /second\.mjs: tasks\[1\]\.turns: /,
  ],
  [
    "twice.mjs",
    `export { good }; export const tasks = [${task("Emma")}, ${task("Emma")}];`,
    /twice\.mjs: tasks\[1\]\.id: 't' stands in tasks\[0\] already/,
  ],
  ["broken.mjs", "export const = 1;", /broken\.mjs cannot be imported: /],
  ["long.mjs", 'throw new Error("one\\ntwo");', /^.*long\.mjs cannot be imported: one two$/],
  [
    "lacking.mjs",
    'import "no-such-package";',
    /^.*lacking\.mjs cannot be imported: Cannot find .*'no-such-package'.*; `npm install` in its folder brings it in$/,
  ],
  [
    "typed.mjs",
    `export { good }; import { defineTasks } from ${defining}; export const tasks = defineTasks(environment, [{ id: "t", config: {}, turns: [] }]);`,
    /typed\.mjs cannot be imported: a task of Shelf cannot be used\n {2}task 't': turns: /,
  ],
])("%s: said with the fix", async (name, text, message) => {
  await expect(readReplayedModule(written(name, text))).rejects.toThrow(message);
});

test("a missing file is named", async () => {
  await expect(readReplayedModule(join(folder, "none.ts"))).rejects.toThrow(/none\.ts: there is no such file/);
});
