import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditSplit } from "../../src/task/audit-split.ts";
import { parseIdList, readIdLists, writeIdLists } from "../../src/task/id-lists.ts";
import { parts, type Split } from "../../src/task/parts.ts";
import { type SplitOptions, split } from "../../src/task/split.ts";
import { categories, Task } from "../../src/task/task.ts";
import { noteTask } from "./notes-environment.ts";

const tasks = categories.flatMap((category) =>
  Array.from({ length: 200 }, (_, index) =>
    Task.parse(noteTask({ id: `multi_turn_${category}_${index}`, family: `bfcl_${index}`, category })),
  ),
);
const sizes = (division: Split) => parts.map((part) => division[part].length);
const idsOf = (division: Split) => parts.map((part) => division[part].map(({ id }) => id).sort());

describe("by family", () => {
  const division = split(tasks, { by: "family", seed: 7 });

  test("gives 80, 20 and 100 of 200 families, and as much of every domain", () => {
    const audit = auditSplit(division, tasks);
    expect(parts.map((part) => audit[part].families)).toEqual([80, 20, 100]);
    expect(parts.map((part) => Object.values(audit[part].domains))).toEqual(
      [80, 20, 100].map((families) => Array(4).fill(families)),
    );
    expect(audit.left).toBe(0);
  });

  test("puts no family on two sides", () => {
    const sides = parts.map((part) => new Set(division[part].map(({ family }) => family)));
    for (const [index, side] of sides.entries())
      for (const other of sides.slice(index + 1)) expect([...side].filter((family) => other.has(family))).toEqual([]);
    expect(auditSplit(division)).toMatchObject({ test: { leak: 0 }, validation: { withSiblingInTrain: 0 } });
  });

  test("depends on the seed and on nothing else", () => {
    expect(idsOf(split([...tasks].reverse(), { by: "family", seed: 7 }))).toEqual(idsOf(division));
    expect(idsOf(split(tasks, { by: "family", seed: 8 }))).not.toEqual(idsOf(division));
    const validation = split(tasks, { by: "family", seed: 0 }).validation.map(({ family }) => family.slice(5));
    expect([...new Set(validation)].join(" ")).toBe(
      "6 7 21 41 46 51 56 57 62 63 103 114 138 139 147 164 167 176 188 193",
    );
  });

  test("takes other shares, and rounds them for few families", () => {
    const shares = { train: 0.9, validation: 0, test: 0.1 };
    expect(sizes(split(tasks, { by: "family", shares }))).toEqual([720, 0, 80]);
    expect(sizes(split(tasks.slice(0, 7), { by: "family" }))).toEqual([3, 1, 3]);
    expect(sizes(split([], { by: "family" }))).toEqual([0, 0, 0]);
  });

  test.each([
    { train: 0.5, validation: 0.1, test: 0.5 },
    { train: 1.5, validation: -0.5, test: 0 },
    { train: Number.NaN, validation: 0, test: 1 },
  ])("refuses shares that are none: %o", (shares) => {
    expect(() => split(tasks, { by: "family", shares })).toThrow(/shares: expected train, validation and test/);
  });
});

describe("like the paper", () => {
  test("halves every category, and leaves siblings on both sides", () => {
    for (const seed of [0, 1, 2]) {
      const division = split(tasks, { by: "paper", seed });
      const audit = auditSplit(division, tasks);
      expect(sizes(division)).toEqual([400, 0, 400]);
      expect(audit.train.categories).toEqual({ base: 100, miss_func: 100, miss_param: 100, long_context: 100 });
      expect(audit.test.leak).toBeGreaterThan(0.78);
      expect(audit.test.leak).toBeLessThan(0.97);
    }
  });

  test("has a leak of seven eighths on average", () => {
    const leaks = Array.from({ length: 40 }, (_, seed) => auditSplit(split(tasks, { by: "paper", seed })).test.leak);
    expect(leaks.reduce((sum, leak) => sum + leak, 0) / leaks.length).toBeCloseTo(0.875, 2);
  });
});

describe("by ids", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "envtune-test-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const list = (file: string, ...ids: string[]) => parseIdList(ids.join("\r\n"), file);
  const options = (train: string[], test: string[]): SplitOptions => ({
    by: "ids",
    ids: { train: list("train.txt", ...train), validation: list("validation.txt"), test: list("test.txt", ...test) },
  });

  test("a written split is read back", async () => {
    const division = split(tasks, { by: "family" });
    await writeIdLists(folder, division, "for the test");
    expect(idsOf(split(tasks, { by: "ids", ids: await readIdLists(folder) }))).toEqual(idsOf(division));
  });

  test("tasks in no list are left out, and counted", () => {
    const division = split(tasks, options(["multi_turn_base_0 # first", "", "# none"], ["multi_turn_miss_func_0"]));
    expect(sizes(division)).toEqual([1, 0, 1]);
    expect(auditSplit(division, tasks)).toMatchObject({ left: 798, test: { leak: 1, withSiblingInTrain: 1 } });
  });

  test("ids that no task has, and ids listed twice, are all named", () => {
    const bad = options(["multi_turn_base_0", "multi_turn_bas_1"], ["multi_turn_base_2", "", "multi_turn_base_0"]);
    expect(() => split(tasks, bad)).toThrow(
      [
        "the id lists do not make a split",
        "  train.txt:2: no task has the id 'multi_turn_bas_1'; did you mean 'multi_turn_base_1'?",
        "  test.txt:3: 'multi_turn_base_0' stands in line 1 of train.txt already; remove one of the two",
      ].join("\n"),
    );
  });

  test("a folder without the lists says which", async () => {
    const empty = join(folder, "empty");
    await expect(readIdLists(empty)).rejects.toThrow(/train\.txt: is missing; write one task id a line\n.*test\.txt/);
    await writeFile(join(folder, "validation.txt"), "");
    expect((await readIdLists(folder)).validation.ids).toEqual([]);
  });
});
