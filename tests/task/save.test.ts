import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadTasks } from "../../src/task/load.ts";
import { saveTasks, taskLine } from "../../src/task/save.ts";
import { Task } from "../../src/task/task.ts";
import { noteTask } from "./notes-environment.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "envtune-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const task = Task.parse(
  noteTask({
    config: {
      notes: {
        z: 1,
        a: { $float: "5.0" },
        orders: {
          $dict: [
            ["12", 1],
            ["2", { $int: "9007199254740993" }],
          ],
        },
      },
    },
    turns: [{ user: "ends \u2028 here \ud83d\ude00", groundTruth: [], release: [], holdOut: ["x"] }],
  }),
);

test("tasks come back as they were, and their text is the same each time", async () => {
  const path = join(folder, "new", "tasks.jsonl");
  await saveTasks(path, [task, { ...task, id: "note_1" }]);
  const text = await readFile(path, "utf8");
  const loaded = await loadTasks(path);
  expect(loaded).toEqual([task, { ...task, id: "note_1" }]);
  expect(Object.keys((loaded[0]!.config as any).notes)).toEqual(["z", "a", "orders"]);
  await saveTasks(path, loaded);
  expect(await readFile(path, "utf8")).toBe(text);
  expect(await readdir(join(folder, "new"))).toEqual(["tasks.jsonl"]);
});

test("fields stand in one order, however the task was built", () => {
  const reversed = Object.fromEntries(Object.entries(task).reverse()) as Task;
  expect(taskLine(reversed)).toBe(taskLine(task));
});

test("what no task file can hold is refused, and the file that was there stays", async () => {
  const path = join(folder, "kept.jsonl");
  await saveTasks(path, [task]);
  const before = await readFile(path, "utf8");
  const with_ = (owner: unknown): Task => ({ ...task, config: { notes: { owner } } });
  for (const [owner, message] of [
    [Number.NaN, /config\.notes\.owner: NaN is no JSON; write \{"\$float": "nan"\}/],
    [undefined, /config\.notes\.owner: undefined is no JSON value/],
    [5n, /config\.notes\.owner: a bigint is no JSON value/],
  ] as const)
    await expect(saveTasks(path, [task, with_(owner)])).rejects.toThrow(message);
  await expect(saveTasks(path, [{ ...task, turns: [] }])).rejects.toThrow(/task 'note_0' cannot be saved/);
  expect(await readFile(path, "utf8")).toBe(before);
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
