import { expect, test } from "vitest";
import { act, observe, startEpisode } from "../../../src/episode/episode.ts";
import type { AssistantMessage, ChatMessage } from "../../../src/episode/message.ts";
import { openai } from "../../../src/episode/renderers/openai.ts";
import { python } from "../../../src/episode/renderers/python.ts";
import { toolDefinition } from "../../../src/episode/renderers/tool-definition.ts";
import { profiles } from "../../../src/grading/profile.ts";
import { copying, settingOf } from "../sample-tasks.ts";

const native = (...made: readonly [name: string, text: string, id?: string][]): AssistantMessage => ({
  role: "assistant",
  content: null,
  tool_calls: made.map(([name, text, id = ""]) => ({ id, type: "function", function: { name, arguments: text } })),
});
const text = (content: string): AssistantMessage => ({ role: "assistant", content });
const nested = (count: number) => "[".repeat(count) + "]".repeat(count);

test("openai: each call is answered under its id", () => {
  const setting = settingOf(copying, openai);
  const episode = act(setting, startEpisode(setting), native(["ls", "{}", "abc"], ["pwd", "{}"]));
  const [, said, first, second] = observe(setting, episode).messages;
  expect(said).toMatchObject({ role: "assistant", tool_calls: [{ id: "abc" }, { id: "call_0_0_1" }] });
  expect(first).toMatchObject({ role: "tool", tool_call_id: "abc", content: expect.stringContaining("a.txt") });
  expect(second).toMatchObject({ role: "tool", tool_call_id: "call_0_0_1" });
});

test("openai: a message with a call that cannot be read executes nothing, ends the turn and says so everywhere", () => {
  const setting = settingOf(copying, openai);
  const episode = act(
    setting,
    startEpisode(setting),
    native(["rm", '{"file_name": "a.txt"}'], ["cat", '{"file_name": ']),
  );
  const [step] = episode.turns[0]!;
  expect(step).toMatchObject({ calls: [], results: [] });
  expect(step!.unreadable).toMatch(/^call 2 of 2, 'cat': the arguments are not JSON: Expecting value/);
  expect(episode.state).toBe(setting.initial);
  expect(episode.turns).toHaveLength(2);
  const answers = observe(setting, episode).messages.filter(({ role }) => role === "tool");
  const notice = `Your last message could not be read, so nothing in it was executed: ${step!.unreadable}`;
  expect(answers.map(({ content }) => content)).toEqual([notice, notice]);
});

test("openai: what a server would refuse in an earlier message is mended in the conversation, not in the record", () => {
  const setting = settingOf(copying, openai);
  const hostile = native(["a b/../c", "not json"], ["", '"text"']);
  const episode = act(setting, startEpisode(setting), hostile);
  expect(episode.turns[0]![0]!.message).toBe(hostile);
  const said = observe(setting, episode).messages[1] as Extract<ChatMessage, { role: "assistant" }>;
  expect(said.tool_calls!.map((call) => call.function)).toEqual([
    { name: "a_b____c", arguments: "{}" },
    { name: "_", arguments: "{}" },
  ]);
});

test("openai: hostile calls are failures of the call or of the message, and change nothing", () => {
  const setting = settingOf(copying, openai);
  const strict = settingOf(copying, openai, profiles.strict);
  const cases: readonly [AssistantMessage, failure: string | undefined, unreadable?: RegExp][] = [
    [native(["no_such_tool", "{}"]), "unknownTool"],
    [native(["__proto__", "{}"]), "unknownTool"],
    [native(["constructor", '{"__proto__": {"polluted": 1}}']), "unknownTool"],
    [native(["cat", '{"__proto__": "a.txt"}']), "unknownArgument"],
    [native(["cat", '{"file_name": "a.txt", "constructor": 1}']), "unknownArgument"],
    [native(["cat", '{"file_name": NaN}']), "malformedCall"],
    [native(["cat", '{"file_name": 1.5}']), "invalidArguments"],
    [native(["cat", '{"file_name": {"$float": "nan"}}']), "invalidArguments"],
    [native(["cat", '{"file_name": "\\ud800"}']), "notFound"],
    [native(["cat", `{"file_name": "${"x".repeat(1_000_000)}"}`]), "notFound"],
    [native(["cat) or rm", '{"file_name": "a.txt"}']), "malformedCall"],
    [native(["a.b", "{}"]), "malformedCall"],
    [native(["exit", "{}"]), "blockedName"],
    [native(["cat", `{"file_name": ${nested(300)}}`]), "malformedCall"],
    [native(["cat", `{"file_name": ${nested(10_000)}}`]), undefined, /nested too deep/],
    [native(["cat", "[]"]), undefined, /are a list, where an object/],
    [native(["cat", "null"]), undefined, /are null, where an object/],
    [native(["cat", ""]), undefined, /not JSON/],
    [native(["cat", '{"file_name": "a.txt"} extra']), undefined, /Extra data/],
  ];
  for (const [message, failure, unreadable] of cases) {
    const episode = act(setting, startEpisode(setting), message);
    const [step] = episode.turns[0]!;
    expect([step!.results[0]?.failure, step!.unreadable]).toEqual([
      failure,
      unreadable ? expect.stringMatching(unreadable) : undefined,
    ]);
    expect(episode.state).toBe(setting.initial);
    JSON.parse(JSON.stringify([episode, observe(setting, episode)]));
    expect(act(strict, startEpisode(strict), message).state).toBe(strict.initial);
  }
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("python: reads what the reference reads", () => {
  const read = (content: string) => python.read(text(content)).calls;
  const ls = { tool: "ls", args: { a: true } };
  for (const content of ["[ls(a=True)]", "ls(a=True)", "```[ls(a=True)]```", "\n `ls(a=True)` \n", "[ls(a=True)"])
    expect(read(content)).toEqual([ls]);
  expect(read("[ls(a=True), pwd()]")).toEqual([ls, { tool: "pwd", args: {} }]);
  expect(read("[cat('a.txt')]")).toEqual([{ tool: "cat", args: {}, positional: ["a.txt"] }]);
  for (const content of ["", "[]", "I have copied the file.", "[1, 2]", "Here you are: [ls()]"])
    expect(read(content)).toEqual([]);
});

test("python: plain words end a turn without a complaint, broken calls with one", () => {
  expect(python.read(text("All done (as you asked)."))).toEqual({ calls: [] });
  expect(python.read({ role: "assistant", content: null })).toEqual({ calls: [] });
  for (const content of ["[ls(]", "ls(a=b)", `[cat(file_name=${nested(10_000)})]`, "[f(a=__import__('os'))]"])
    expect(python.read(text(content))).toEqual({ calls: [], unreadable: expect.stringContaining("cannot be read") });
  expect(python.read(native(["ls", "{}"])).unreadable).toContain("native tool calls");
  const start = performance.now();
  python.read(text(`a${"`".repeat(1_000_000)}b`));
  expect(performance.now() - start).toBeLessThan(2000);
});

test("python: results come back in one user message, in the reference's form", () => {
  const setting = settingOf(copying, python);
  const episode = act(setting, startEpisode(setting), text("[pwd(), cat('a.txt'), cat(file_name='it\\'s')]"));
  expect(observe(setting, episode).messages.at(-1)).toEqual({
    role: "user",
    content:
      `[{'role': 'tool', 'name': 'pwd()', 'content': '{"current_working_directory": "/home"}'}, ` +
      `{'role': 'tool', 'name': "cat('a.txt')", 'content': '{"file_content": "pear\\\\napple"}'}, ` +
      `{'role': 'tool', 'name': 'cat(file_name="it\\'s")', 'content': '{"error": "cat: \\'it\\'s\\': No such file or directory"}'}]`,
  });
});

test("python: what could not be read is said before the user speaks next, and only then", () => {
  const setting = settingOf(copying, python);
  const user = (message: AssistantMessage) => observe(setting, act(setting, startEpisode(setting), message)).messages;
  const [, next] = copying.turns;
  expect(user(text("[cat(file_name=]")).at(-1)).toEqual({
    role: "user",
    content: expect.stringMatching(
      /^Your last message could not be read, so nothing in it was executed: the calls cannot be read: .+\n/,
    ),
  });
  for (const message of [text("[cat(file_name=]"), native(["ls", "{}"])]) {
    const said = user(message);
    expect(said.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    expect(said.at(-1)!.content!.endsWith(`\n${next!.user}`)).toBe(true);
  }
  expect(user(text("Done.")).at(-1)!.content).toBe(next!.user);
});

test("what a renderer writes, it reads back", () => {
  const calls = [
    { tool: "f", args: { a: { $float: "5.0" }, b: 5, c: ["x'\"\n", null], d: { k: true } } },
    { tool: "g", args: {} },
  ];
  for (const renderer of [openai, python]) expect(renderer.read(renderer.write(calls))).toEqual({ calls });
});

test("documents in BFCL's form become JSON schema for tool definitions, others stay as they are", () => {
  const document = {
    name: "f",
    description: "F.",
    parameters: {
      type: "dict",
      properties: {
        x: { type: "float", description: "X." },
        list: { type: "array", items: { type: "dict", properties: { y: { type: "any" } } } },
      },
      required: ["x"],
    },
    response: { type: "dict" },
  };
  expect(toolDefinition(document).function).toEqual({
    ...document,
    parameters: {
      type: "object",
      properties: {
        x: { type: "number", format: "float", description: "X. This is a float type value." },
        list: { type: "array", items: { type: "object", properties: { y: { type: "string" } } } },
      },
      required: ["x"],
    },
  });
  const [own] = settingOf(copying).documents;
  expect(toolDefinition(own!).function).toEqual(own);
});
