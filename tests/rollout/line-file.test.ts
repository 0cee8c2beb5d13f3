import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cutPartialLine, type LinePlace, readLines, readPlaces } from "../../src/rollout/line-file.ts";
import { writeWhole } from "../../src/task/write-whole.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "lines.jsonl");

const linesIn = async (file = path) => {
  const lines: { text: string; place: LinePlace }[] = [];
  for await (const line of readLines(file)) lines.push(line);
  return lines;
};
/** Longer than the blocks in which files are read, with characters of several bytes at their borders. */
const long = "ä€😀\u2028\r".repeat(30_000);

test("lines end at line feeds alone, however long they are and whatever stands in them", async () => {
  const texts = ["a", "", long, "last"];
  writeFileSync(path, texts.map((text) => `${text}\n`).join(""));
  expect((await linesIn()).map(({ text }) => text)).toEqual(texts);
});

test("lines can be put into another order without a change of their bytes", async () => {
  writeFileSync(path, `first\n${long}\nthird\n`);
  const places = (await linesIn()).map(({ place }) => place);
  await writeWhole(path, readPlaces([...places].reverse()));
  expect(readFileSync(path, "utf8")).toBe(`third\n${long}\nfirst\n`);
});

test("a file that was changed since is told, and what was to be replaced stays", async () => {
  writeFileSync(path, "first\nsecond\n");
  const places = (await linesIn()).map(({ place }) => place);
  for (const changed of ["first\n", "fir\nst second\n"]) {
    writeFileSync(path, changed);
    await expect(writeWhole(path, readPlaces(places))).rejects.toThrow("was changed by someone else");
    expect(readFileSync(path, "utf8")).toBe(changed);
  }
});

test.each([
  ["", ""],
  ["whole\n", "whole\n"],
  ["part", ""],
  ["whole\npart", "whole\n"],
  [`whole\n${long}`, "whole\n"],
  [long, ""],
  [`${long}\npart`, `${long}\n`],
])("a part of a line at the end is cut off", async (before, after) => {
  writeFileSync(path, before);
  await cutPartialLine(path);
  expect(readFileSync(path, "utf8")).toBe(after);
});

test("a file that is not there has no lines, a folder cannot be read", async () => {
  const missing = join(folder, "missing");
  await cutPartialLine(missing);
  expect(await linesIn(missing)).toEqual([]);
  expect(existsSync(missing)).toBe(false);
  await expect(linesIn(folder)).rejects.toThrow("cannot be read");
  await expect(cutPartialLine(folder)).rejects.toThrow("cannot be read");
});
