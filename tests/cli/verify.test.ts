import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "citty";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { verifyCommand } from "../../src/cli/verify.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-verify-"));
const printed: string[] = [];
vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
vi.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
afterEach(() => {
  process.exitCode = 0;
  printed.length = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...rawArgs: string[]) => runCommand(verifyCommand, { rawArgs });
const shelf = JSON.stringify(fileURLToPath(new URL("./shelf-environment.ts", import.meta.url)));

function moduleWith(name: string, title: string): string {
  const path = join(folder, `${name}.mjs`);
  const turn = { user: "Take 'Emma' from the shelf.", groundTruth: [{ tool: "take_book", args: { title } }] };
  const tasks = [
    {
      ...{ id: "emma", family: "emma", category: "base", environments: ["Shelf"], turns: [turn] },
      config: { Shelf: { books: ["Emma", "Ulysses", "Middlemarch"] } },
    },
  ];
  writeFileSync(path, `export { good } from ${shelf}; export const tasks = ${JSON.stringify(tasks)};`);
  return path;
}

test("a module of one's own that is right: every check, exit status 0", async () => {
  await run(moduleWith("right", "Emma"), "--quick");
  const text = printed.join("");
  expect(text).toMatch(/needed-calls +ok +- +deletions 1/);
  expect(process.exitCode).not.toBe(1);
});

test("one that is not: what is wrong, how to put it right, a card, and exit status 1 unless it is known", async () => {
  const path = moduleWith("wrong", "Ulysses");
  const card = join(folder, "card.json");
  await run(path, "--checks", "grounded,needed-turns", "--out", card);
  expect(printed.join("")).toMatch(/emma, turn 0, call 0, take_book: title is "Ulysses".*\n +fix: /);
  expect(process.exitCode).toBe(1);
  const { sha256, checks, findings } = JSON.parse(readFileSync(card, "utf8"));
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(checks.map(({ name, passed }: any) => [name, passed])).toEqual([
    ["needed-turns", true],
    ["grounded", false],
  ]);
  expect(findings).toMatchObject([{ check: "grounded", task: "emma", turn: 0, call: 0, tool: "take_book" }]);
  process.exitCode = 0;
  // A card is a list of known defects too.
  await run(path, "--checks", "grounded", "--known", card, "--json");
  expect(JSON.parse(printed.at(-1)!).checks).toMatchObject([{ name: "grounded", found: 0, known: 1, passed: true }]);
  expect(process.exitCode).toBe(0);
});

test.each([
  [["--checks", "laws,colour"], "there is no 'colour'"],
  [["bundled", "shop"], "'shop' is one subject too many"],
  [["--known", "nowhere.json"], "nowhere.json: there is no such file"],
  [["--most", "few"], "--most must be a whole number, not 'few'"],
])("refuses %j", async (rawArgs, message) => {
  await run(...rawArgs);
  expect(printed.join("")).toContain(message);
  expect(process.exitCode).toBe(1);
});

test("says what a list of known defects lacks", async () => {
  const file = join(folder, "known.json");
  writeFileSync(file, '{"findings":[{"task":"emma"}]}');
  await run("--known", file);
  expect(printed.join("")).toContain("findings[0].check: missing");
});
