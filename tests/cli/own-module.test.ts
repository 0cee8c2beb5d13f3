import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "citty";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { requirePlayable, worldOf } from "../../src/cli/dataset.ts";
import { floorsCommand } from "../../src/cli/floors.ts";
import { hintsCommand } from "../../src/cli/hints.ts";
import { newCommand } from "../../src/cli/new.ts";
import { ownModule } from "../../src/cli/own-module.ts";
import { verifyCommand } from "../../src/cli/verify.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-own-"));
const start = process.cwd();
const printed: string[] = [];
vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
vi.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
afterEach(() => {
  process.exitCode = 0;
  printed.length = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shelf = JSON.stringify(fileURLToPath(new URL("./shelf-environment.ts", import.meta.url)));
const turn = { user: "Take 'Emma'.", groundTruth: [{ tool: "take_book", args: { title: "Emma" } }] };
const task = {
  ...{ id: "emma", family: "emma", category: "base", environments: ["Shelf"], turns: [turn] },
  config: { Shelf: { books: ["Emma", "Ulysses"] } },
};
const module = join(folder, "shelf.mjs");
writeFileSync(module, `export { good } from ${shelf}; export const tasks = ${JSON.stringify([task])};`);

test("the tasks of a module are played in its own environments, with its own hints", async () => {
  const taskSet = await requirePlayable(module);
  expect(taskSet).toMatchObject({ name: "Shelf", tasks: [{ id: "emma" }] });
  expect(worldOf(taskSet).environmentOf(["Shelf"]).tools).toHaveProperty("take_book");
  await runCommand(floorsCommand, { rawArgs: ["--dataset", module, "--reward", "progress"] });
  expect(printed.join("")).toMatch(/ground-truth +1\.000/);
  await runCommand(hintsCommand, { rawArgs: ["--dataset", module] });
  expect(printed.join("")).toContain("noSuchBook");
});

test("a module without tasks has nothing to play", async () => {
  const bare = join(folder, "bare.mjs");
  writeFileSync(bare, `export { good } from ${shelf}; export const config = { books: ["Emma"] };`);
  await expect(requirePlayable(bare)).rejects.toThrow("bare.mjs: there are no tasks to play; export 'tasks'");
});

test("verify looks at the module that package.json names, rather than at the bundled tasks", async () => {
  const here = join(folder, "package.json");
  process.chdir(folder);
  try {
    expect(await ownModule()).toBeUndefined();
    writeFileSync(here, JSON.stringify({ envtune: { module } }));
    await runCommand(verifyCommand, { rawArgs: ["--checks", "grounded"] });
    expect(printed.join("")).toMatch(/shelf\.mjs: 1 tasks? in Shelf/);
    writeFileSync(here, JSON.stringify({ envtune: { module: 7 } }));
    await expect(ownModule()).rejects.toThrow("package.json: envtune.module must be the path of a module");
    writeFileSync(here, JSON.stringify({ envtune: module }));
    await expect(ownModule()).rejects.toThrow(
      'package.json: envtune must be a record, as in { "module": "src/index.ts" }',
    );
  } finally {
    process.chdir(start);
  }
});

test.each([
  [[], "a name is missing, as in envtune new bike-shop"],
  [["bike", "shop"], "'shop' is one name too many; put - between the words of one name"],
  [["Bike"], "'Bike' cannot name a project"],
  [["bike-shop", "--out", ""], "--out is empty; name a folder"],
])("new %j is refused in one line", async (rawArgs, message) => {
  await runCommand(newCommand, { rawArgs });
  expect(printed.join("")).toContain(message);
  expect(printed.join("").trim().split("\n")).toHaveLength(1);
  expect(process.exitCode).toBe(1);
});
