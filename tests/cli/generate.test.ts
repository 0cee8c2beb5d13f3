import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "citty";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { generateCommand } from "../../src/cli/generate.ts";
import { parseTasks } from "../../src/task/load.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-generate-"));
const printed: string[] = [];
vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
vi.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
afterEach(() => {
  process.exitCode = 0;
  printed.length = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...rawArgs: string[]) => runCommand(generateCommand, { rawArgs });

test("writes a whole file of tasks that load, the same for the same seed, and prints the figures", async () => {
  const [first, second] = [join(folder, "first.jsonl"), join(folder, "second.jsonl")];
  await run("TicketAPI", "GorillaFileSystem+MathAPI", "--count", "8", "--seed", "5", "--out", first);
  expect(printed.join("")).toMatch(/TicketAPI +8 +2 +2 +2 +2 +2 +\d of 9 /);
  expect(printed.join("")).toContain("16 tasks verified and written");
  await run("TicketAPI", "GorillaFileSystem+MathAPI", "--count", "8", "--seed", "5", "--out", second);
  expect(readFileSync(second, "utf8")).toBe(readFileSync(first, "utf8"));
  const { tasks, problems, warnings } = parseTasks(readFileSync(first, "utf8"), { environmentOf });
  expect([tasks.length, problems, warnings]).toEqual([16, [], []]);
  expect(tasks[15]!.environments).toEqual(["GorillaFileSystem", "MathAPI"]);
  expect(readdirSync(folder).sort()).toEqual(["first.jsonl", "second.jsonl"]);
});

test("an environment or a category that is named twice is generated once", async () => {
  await run("MathAPI", "MathAPI", "--count", "4", "--categories", "base,base", "--json");
  expect(JSON.parse(printed.join(""))).toMatchObject([{ environment: "MathAPI", tasks: 4, families: 4 }]);
});

test("as JSON, with what cannot be had", async () => {
  await run("MathAPI", "--count", "6", "--json");
  expect(JSON.parse(printed.join(""))).toMatchObject([
    {
      environment: "MathAPI",
      tasks: 6,
      families: 2,
      categories: { base: 2, miss_func: 2, miss_param: 2, long_context: 0 },
    },
  ]);
  expect(existsSync(join(folder, "tasks.jsonl"))).toBe(false);
});

test("the shop starts from the configs of its own tasks, which lie apart from the bundled ones", async () => {
  const path = join(folder, "shop.jsonl");
  await run("ShopAPI", "--count", "24", "--categories", "base", "--out", path);
  const { tasks } = parseTasks(readFileSync(path, "utf8"), { environmentOf });
  expect(new Set(tasks.map(({ config }) => JSON.stringify(config.ShopAPI))).size).toBeGreaterThan(4);
  rmSync(path);
});

test("an environment of one's own, from a module", async () => {
  const shelf = JSON.stringify(fileURLToPath(new URL("./shelf-environment.ts", import.meta.url)));
  const path = join(folder, "shelf.mjs");
  writeFileSync(
    path,
    `export { good } from ${shelf}; export const config = { books: ["Emma", "Ulysses", "Middlemarch"] };`,
  );
  await run("--module", path, "--count", "3", "--calls", "2-3", "--turns", "2-3", "--categories", "base", "--json");
  expect(JSON.parse(printed.join(""))).toMatchObject([{ environment: "Shelf", tasks: 3, toolsUsed: 1, tools: 1 }]);
});

test.each([
  [["Foo"], "no environment is named 'Foo'; there are GorillaFileSystem"],
  [["TicketAPI+TicketAPI"], "'TicketAPI+TicketAPI': an environment is joined with others, not with itself"],
  [["--count", "many"], "--count: a whole number from 1 is needed, not 'many'"],
  [["--calls", "8-3"], "--calls: two whole numbers are needed"],
  [["--calls", "2", "--turns", "3"], "--turns: 3 turns need as many calls, and --calls allows 2"],
  [["--categories", "base,hard"], "--categories: there is no 'hard'; there are base, miss_func"],
])("%j is refused with what is wrong", async (rawArgs, message) => {
  await run(...rawArgs);
  expect(printed.join("")).toContain(message);
  expect(process.exitCode).toBe(1);
});

test("where there are fewer tasks than asked for, the exit status says so", async () => {
  await run("TicketAPI", "--count", "1", "--calls", "40", "--turns", "2");
  expect(printed.join("")).toContain("tooShort 1000");
  expect(process.exitCode).toBe(1);
});
