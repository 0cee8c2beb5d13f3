import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadTasks, parseTasks, TaskFileError } from "../../src/task/load.ts";
import { problemText } from "../../src/task/problem.ts";
import { environmentOf, noteTask } from "./notes-environment.ts";

const turn = (groundTruth: unknown, more: object = {}) => [{ user: "Go on.", groundTruth, ...more }];
const call = (args: object, tool = "write") => ({ tool, args });
const lines = (...tasks: unknown[]) => tasks.map((task) => JSON.stringify(task)).join("\n");
const problemsOf = (text: string) => parseTasks(text, { environmentOf, file: "t.jsonl" }).problems.map(problemText);

describe("a task that is right", () => {
  test("is read, with defaults filled in", () => {
    const { tasks, problems, warnings } = parseTasks(lines(noteTask()), { environmentOf });
    expect([problems, warnings]).toEqual([[], []]);
    expect(tasks).toMatchObject([{ id: "note_0", longContext: false }]);
  });

  test("is read through a byte order mark, CRLF, blank lines and a very long line", () => {
    const long = noteTask({ id: "note_1", turns: turn([call({ line: "x".repeat(3_000_000) })]) });
    const text = `\ufeff${JSON.stringify(noteTask())}\r\n\r\n   \r\n${JSON.stringify(long)}\r\n`;
    expect(parseTasks(text, { environmentOf }).tasks).toHaveLength(2);
    expect(parseTasks(text, { environmentOf }).problems).toEqual([]);
  });

  test("may hold out a tool and release it later", () => {
    const turns = [...turn([], { holdOut: ["write"] }), ...turn([call({ line: "a" })], { release: ["write"] })];
    expect(problemsOf(lines(noteTask({ turns })))).toEqual([]);
  });
});

describe.each<[string, Record<string, unknown>, string[]]>([
  [
    "an unknown environment",
    { environments: ["notes", "nodes"] },
    ["environments[1]: no environment is named 'nodes'; there are notes"],
  ],
  ["an environment named twice", { environments: ["notes", "notes"] }, ["environments[1]: 'notes' is named twice"]],
  [
    "a config of the wrong type",
    { config: { notes: { owner: 5 } } },
    ['config.notes.owner: expected string, got number 5; write it in quotes: "5"'],
  ],
  [
    "a config with an unknown field",
    { config: { notes: { owners: "a" } } },
    ["config.notes.owners: no such field; remove it or correct its name"],
  ],
  [
    "a config of another environment",
    { config: { other: {} } },
    ["config.other: the task does not run in 'other'; add it to environments or remove its config"],
  ],
  [
    "a config that init refuses",
    { config: { notes: { lines: ["", "", "", ""] } } },
    ["config.notes: no state can start from it: the notebook holds three lines"],
  ],
  [
    "an unknown tool",
    { turns: turn([call({}, "writ")]) },
    ["turns[0].groundTruth[0].tool: no tool is named 'writ'; did you mean 'write'?"],
  ],
  [
    "a tool named like a built-in",
    { turns: turn([call({}, "constructor")]) },
    ["turns[0].groundTruth[0].tool: no tool is named 'constructor'; there are write, read"],
  ],
  [
    "an unknown argument",
    { turns: turn([call({ line: "a", tag: [] })]) },
    ["turns[0].groundTruth[0].args.tag: 'write' has no argument 'tag'; did you mean 'tags'?"],
  ],
  ["a missing argument", { turns: turn([call({})]) }, ["turns[0].groundTruth[0].args.line: missing; 'write' needs it"]],
  [
    "arguments of the wrong type",
    { turns: turn([call({ line: true, times: "2", tags: ["a", null] })]) },
    [
      'turns[0].groundTruth[0].args.line: expected string, got boolean true; write it in quotes: "true"',
      'turns[0].groundTruth[0].args.times: expected number, got string "2"; write it without quotes: 2',
      "turns[0].groundTruth[0].args.tags[1]: expected string, got null",
    ],
  ],
  [
    "a held-out tool that is unknown",
    { turns: turn([], { holdOut: ["wriet"] }) },
    ["turns[0].holdOut[0]: no tool is named 'wriet'; did you mean 'write'?"],
  ],
  [
    "a released tool that is unknown",
    { turns: turn([], { release: ["reed"] }) },
    ["turns[0].release[0]: no tool is named 'reed'; did you mean 'read'?"],
  ],
  [
    "a release of what is not held out",
    { turns: turn([], { release: ["read"] }) },
    ["turns[0].release[0]: 'read' is not held out at this point; name it in holdOut of an earlier turn"],
  ],
  [
    "a tool held out twice",
    { turns: [...turn([], { holdOut: ["read"] }), ...turn([], { holdOut: ["read"] })] },
    ["turns[1].holdOut[0]: 'read' is held out already"],
  ],
  [
    "a tool released and held out at once",
    {
      turns: [...turn([], { holdOut: ["read"] }), ...turn([], { release: ["read"], holdOut: ["read"] })],
    },
    ["turns[1].holdOut[0]: 'read' is released in this very turn; name it in one of the two"],
  ],
  [
    "an excluded tool that is unknown",
    { excluded: ["cp"] },
    ["excluded[0]: no tool is named 'cp'; there are write, read"],
  ],
  ["no turns", { turns: [] }, ["turns: Too small: expected array to have >=1 items; got an empty list"]],
  ["a turn that is no turn", { turns: [5] }, ["turns[0]: expected object, got number 5"]],
  ["a turn without a ground truth", { turns: [{ user: "" }] }, ["turns[0].groundTruth: missing; expected list"]],
  [
    "an unknown category",
    { category: "bas" },
    ['category: expected one of "base", "miss_func", "miss_param", "long_context", got string "bas"'],
  ],
  ["a field that no task has", { "the goal": 1 }, ['["the goal"]: no such field; remove it or correct its name']],
  [
    "a number that loses digits",
    { config: { notes: { owner: 2 ** 60 } } },
    ['config.notes.owner: a number this large loses digits; write {"$int": "…"} or {"$float": "…"}'],
  ],
])("%s", (_, fields, expected) => {
  test("is named with its place and a way out", () => {
    expect(problemsOf(lines(noteTask(fields)))).toEqual(expected.map((problem) => `t.jsonl:1: ${problem}`));
  });
});

describe("a file with many faults", () => {
  const text = [
    JSON.stringify(noteTask()),
    '{"id": "a", nope}',
    JSON.stringify(noteTask({ id: "note_1", category: 5, turns: turn([call({})]) })),
    JSON.stringify(noteTask({ id: "note_2", turns: turn([call({ line: 5 }), call({}, "wrote")], { release: ["x"] }) })),
    '{"id": NaN}',
    '{"config": {"__proto__": {"polluted": true}}}',
    "[]",
    JSON.stringify(noteTask()),
    '{"id": "cut',
    JSON.stringify(noteTask({ id: "note_3" })),
  ].join("\n");

  test("has every one of them reported, and its good tasks read", () => {
    const { tasks, problems } = parseTasks(text, { environmentOf, file: "t.jsonl" });
    expect(tasks.map(({ id }) => id)).toEqual(["note_0", "note_3"]);
    expect(problems.map(problemText)).toEqual([
      "t.jsonl:2:13: not JSON: expecting property name enclosed in double quotes; each line must be one whole JSON object",
      't.jsonl:3: category: expected one of "base", "miss_func", "miss_param", "long_context", got number 5',
      "t.jsonl:4: turns[0].release[0]: no tool is named 'x'; there are write, read",
      't.jsonl:4: turns[0].groundTruth[0].args.line: expected string, got number 5; write it in quotes: "5"',
      "t.jsonl:4: turns[0].groundTruth[1].tool: no tool is named 'wrote'; did you mean 'write'?",
      't.jsonl:5:8: not JSON: NaN and Infinity have no JSON form; write {"$float": "nan"} or {"$float": "inf"}',
      `t.jsonl:6: config: '__proto__' cannot be a key; write {"$dict": [["__proto__", …]]}`,
      "t.jsonl:7: expected object, got an empty list",
      "t.jsonl:8: id: 'note_0' stands in line 1 already; ids are unique",
      "t.jsonl:9:8: not JSON: unterminated string starting at; each line must be one whole JSON object",
    ]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("is survived when values are nested deeper than any reader recurses", () => {
    const deep = `{"config": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(parseTasks(deep).problems).toMatchObject([{ message: "nested deeper than 200 levels" }]);
  });

  test("warns of a ground truth that calls what is held out or excluded", () => {
    const turns = turn([call({ line: "a" })], { holdOut: ["write"] });
    const { tasks, warnings } = parseTasks(lines(noteTask({ turns, excluded: ["write"] })), {
      environmentOf,
      file: "t",
    });
    expect(tasks).toHaveLength(1);
    expect(warnings.map(problemText)).toEqual([
      "t:1: turns[0].groundTruth[0].tool: 'write' is held out in this turn",
      "t:1: turns[0].groundTruth[0].tool: 'write' is excluded in this task",
    ]);
  });
});

describe("loadTasks", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "envtune-test-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const file = async (content: string | Uint8Array) => {
    await writeFile(join(folder, "t.jsonl"), content);
    return join(folder, "t.jsonl");
  };

  test("returns the tasks of a good file", async () => {
    expect(await loadTasks(await file(lines(noteTask())), { environmentOf })).toHaveLength(1);
  });

  test("throws all problems of a bad one", async () => {
    const text = lines(noteTask({ category: 1 }), noteTask({ turns: 1 }));
    const error = await loadTasks(await file(text), { environmentOf }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TaskFileError);
    expect(error.problems).toHaveLength(2);
    expect(error.message).toContain("t.jsonl:2: turns: expected list, got number 1");
  });

  test("refuses an absent file, an empty one and one that is no UTF-8", async () => {
    await expect(loadTasks(join(folder, "none"))).rejects.toThrow(/none cannot be read: ENOENT/);
    await expect(loadTasks(await file("\n"))).rejects.toThrow(/holds no task/);
    await expect(loadTasks(await file(new Uint8Array([0x22, 0xff, 0x22])))).rejects.toThrow(/cannot be read/);
  });
});
