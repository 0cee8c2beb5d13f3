import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { flawOf } from "../../src/generate/flaw.ts";
import { worldOf } from "../../src/generate/world.ts";
import { Task, type TaskTurn } from "../../src/task/task.ts";

const world = worldOf(environmentOf(["GorillaFileSystem"]), []);
const root = (content: string) => ({ home: { type: "directory", contents: { "pie.txt": { type: "file", content } } } });
const flawIn = (turns: readonly Partial<TaskTurn>[], content = "plums") => {
  const task = { id: "t", family: "f", category: "base", environments: ["GorillaFileSystem"], turns };
  return flawOf(Task.parse({ ...task, config: { GorillaFileSystem: { root: root(content) } } }), world, undefined);
};
const cat = { tool: "cat", args: { file_name: "pie.txt" } };

test("a task that holds has no flaw", () => {
  expect(flawIn([{ user: "Show me pie.txt.", groundTruth: [cat] }])).toBeUndefined();
});

test.each([
  [
    "a value that stands nowhere",
    { rule: "ungrounded", detail: "cat.file_name" },
    [{ user: "Show it.", groundTruth: [cat] }],
  ],
  [
    "a value that is part of a longer word",
    { rule: "ungrounded", detail: "cat.file_name" },
    [{ user: "Show me apple_pie.txt.", groundTruth: [cat] }],
  ],
  [
    "a call that fails",
    { rule: "failingCall", detail: "cat.notFound" },
    [{ user: "Show cake.txt.", groundTruth: [{ tool: "cat", args: { file_name: "cake.txt" } }] }],
  ],
  [
    "a call that nobody would miss",
    { rule: "unneededCall", detail: "cat" },
    [
      { user: "Show pie.txt.", groundTruth: [cat] },
      { user: "Show pie.txt and the folder.", groundTruth: [cat, cat] },
    ],
  ],
  [
    "a call of a tool that is held out",
    { rule: "unusable", detail: "turns.0.groundTruth.0.tool: 'cat' is held out in this turn" },
    [{ user: "Show pie.txt.", groundTruth: [cat], holdOut: ["cat"] }],
  ],
  [
    "a text that the profile of the benchmark cannot carry",
    { rule: "groundTruthFails", detail: "multi_turn:instance_state_mismatch" },
    [
      {
        user: "Write 'two (2) plums' into pie.txt.",
        groundTruth: [{ tool: "echo", args: { content: "two (2) plums", file_name: "pie.txt" } }],
      },
    ],
  ],
])("%s", (_, flaw, turns) => {
  expect(flawIn(turns)).toEqual(flaw);
});
