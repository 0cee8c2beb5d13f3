import { expect, test } from "vitest";
import { act, startEpisode } from "../../../src/episode/episode.ts";
import type { AssistantMessage } from "../../../src/episode/message.ts";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { openai } from "../../../src/episode/renderers/openai.ts";
import { python } from "../../../src/episode/renderers/python.ts";
import { tagged } from "../../../src/episode/renderers/tagged.ts";
import { profiles } from "../../../src/grading/profile.ts";
import { copying, settingOf } from "../sample-tasks.ts";
import { native, says } from "./saying.ts";

const first = '{"name": "ls", "arguments": {}}';
/** A good call and one that is wrong, in either of the forms that hold JSON. */
const inJson = (item: string) => [
  tagged.read(says(`<think>a</think><tool_call>[${first}, ${item}]</tool_call>`)),
  hermes.read(says(`<tool_call>${first}</tool_call>\n<tool_call>${item}</tool_call>`)),
];
const withArguments = (json: string) => `{"name": "cat", "arguments": ${json}}`;

test.each<[wrong: string, item: string, message: RegExp]>([
  ["a number", "5", /^call 2 of 2 is a number, where \{"name": "function", "arguments"/],
  ["null", "null", /^call 2 of 2 is null, where/],
  ["no name", '{"arguments": {}}', /^call 2 of 2: it has no "name"; write \{"name"/],
  ["a name that is a number", '{"name": 5, "arguments": {}}', /^call 2 of 2: its "name" is a number/],
  ["an empty name", '{"name": " ", "arguments": {}}', /^call 2 of 2: its "name" is empty/],
  [
    "half a character in the name",
    '{"name": "l\\ud800", "arguments": {}}',
    /its "name" holds half of a surrogate pair/,
  ],
  ["no arguments", '{"name": "cat"}', /^call 2 of 2, `cat`: it has no "arguments"; write "arguments": \{\}/],
  ["parameters", '{"name": "cat", "parameters": {}}', /it has no "arguments"; rename `parameters` so/],
  [
    "arguments outside",
    '{"name": "cat", "arguments": {}, "file_name": "a"}',
    /`file_name` stands beside "name" and "arguments"/,
  ],
  ["arguments in a list", withArguments('["a.txt"]'), /^call 2 of 2, `cat`: the arguments are a list, where an object/],
  [
    "null for arguments",
    withArguments("null"),
    /the arguments are null, where an object is expected; write \{\} for none/,
  ],
  ["arguments as a string", withArguments('"a.txt"'), /the arguments are a string, where an object is expected/],
  [
    "arguments encoded twice",
    withArguments('"{\\"file_name\\": \\"a\\"}"'),
    /are JSON inside a JSON string, encoded twice; .*`\{"file_name": "a"\}`/,
  ],
  ["an argument without a name", withArguments('{"": {}}'), /hold a value without a name/],
  ["1e999", withArguments('{"file_name": [1e999]}'), /hold a number that is not finite in argument 'file_name'.*1e999/],
  ["NaN", withArguments('{"file_name": NaN}'), /hold a number that is not finite in argument 'file_name'/],
  [
    "half a character",
    withArguments('{"file_name": {"x": "\\ud83d"}}'),
    /half of a surrogate pair in argument 'file_name'/,
  ],
  [
    "half a character, raw",
    withArguments('{"file_name": "\ud83d"}'),
    /half of a surrogate pair in argument 'file_name'/,
  ],
  ["half a character in a key", withArguments('{"\\udc00": 1}'), /half of a surrogate pair in a name/],
])("in a list and in tags, a call with %s refuses the message and is named by its number", (_, item, message) => {
  for (const reading of inJson(item))
    expect(reading).toEqual({ calls: [], unreadable: expect.stringMatching(message) });
});

const brokenJson: readonly [wrong: string, json: string, message: RegExp][] = [
  [
    "a key twice",
    '{"file_name": "a", "file_name": "b"}',
    /Repeated key "file_name" at character \d+, near `.*`; each key may occur once/,
  ],
  ["a key twice, deeper", '{"a": [{"b": 1, "b": 1}]}', /Repeated key "b" at character/],
  ["single quotes", "{'file_name': 'a'}", /at character \d+, near `.*`; JSON takes double quotes/],
  ["Python's constants", '{"a": True}', /Expecting value at character .*; JSON writes true, false and null/],
  ["a trailing comma", '{"a": 1,}', /no comma may stand before a closing bracket/],
  ["an unfinished string", '{"a": "b}', /a quote or a bracket is not closed|Invalid control character/],
  [
    "a line break in a string",
    '{"a": "b\nc"}',
    /Invalid control character at .*; write a line break inside a string as \\n/,
  ],
  ["a single backslash", '{"a": "C:\\dir"}', /Invalid \\escape.*; write a backslash inside a string as \\\\/],
  ["brackets that do not match", '{"a": [1}', /; the brackets do not match/],
  ["too many brackets", `{"a": ${"[".repeat(2000)}${"]".repeat(2000)}}`, /nested too deep, more than 980 levels/],
  ["an endless number", `{"a": ${"9".repeat(5000)}}`, /4300 digits/],
];
test.each(brokenJson)("JSON with %s is refused with its place, in every form that holds JSON", (_, json, message) => {
  for (const { calls, unreadable } of [
    ...inJson(withArguments(json)),
    openai.read(native(["ls", "{}"], ["cat", json])),
  ]) {
    expect(calls).toEqual([]);
    expect(unreadable).toMatch(message);
    expect(unreadable!.length).toBeLessThan(400);
  }
});

test("openai: arguments that are empty, no object, or encoded twice", () => {
  const complaint = (json: string) => openai.read(native(["cat", json])).unreadable;
  expect(complaint("")).toBe("call 1 of 1, 'cat': the arguments are not JSON: they are empty; write {} for none");
  expect(complaint("[1]")).toBe(
    "call 1 of 1, 'cat': the arguments are a list, where an object is expected; write {} for none",
  );
  expect(complaint('"{\\"file_name\\": \\"a\\"}"')).toMatch(/are JSON inside a JSON string, encoded twice/);
});

test("calls in another form than the conversation's are explained, words about calls are words", () => {
  const tags = `<tool_call>${first}</tool_call>`;
  for (const [renderer, content, message] of [
    [openai, tags, /holds calls in <tool_call> tags in its text; make native tool calls/],
    [openai, first, /calls as bare JSON/],
    [openai, "[ls()]", /calls in Python syntax/],
    [python, tags, /calls in <tool_call> tags; write them as a list in Python syntax: \[first_function/],
    [python, `[${first}]`, /calls as bare JSON/],
    [python, "[]", /an empty list calls nothing/],
    [python, "I look. [ls()]", /words stand around the calls \(at character 9, near/],
    [python, "```python\n[ls()]\n```", /words stand around the calls/],
    [python, "[ls(", /the text ends before every quote and bracket is closed \(at the end, near `\[ls\(`\)/],
    [python, "[ls(={})]", /'=' needs an argument's name before it and one value after it \(at character 5/],
    [python, "[cat(file_name='a', file_name='b')]", /keyword argument repeated: file_name/],
    [python, "[a.b()]", /dotted names are not tools: 'a\.b'/],
    [python, "[a:b()]", /'\(' is expected after 'a', not ':'/],
    [python, "[a b()]", /'\(' is expected after 'a', not 'b'/],
  ] as const)
    expect(renderer.read(says(content))).toEqual({ calls: [], unreadable: expect.stringMatching(message) });
  for (const words of [
    "Call ls() [to list].",
    'The file holds {"name": "x"}.',
    '{"name": "x", "age": 3}',
    "[1] says so.",
  ])
    for (const renderer of [openai, hermes]) expect(renderer.read(says(words))).toEqual({ calls: [] });
});

const named = (name: string): readonly AssistantMessage[] => {
  const json = JSON.stringify({ name, arguments: {} });
  return [
    native([name, "{}"]),
    says(`<think>a</think><tool_call>[${json}]</tool_call>`),
    says(`<tool_call>${json}</tool_call>`),
  ];
};
test.each([
  ["echo<|channel|>commentary", "harness"],
  ["a.b", undefined],
  ["a:b", undefined],
  ["a b", undefined],
])("a tool named %s is a call that fails, by whose fault is told", (name, fault) => {
  for (const [index, renderer] of [openai, tagged, hermes].entries())
    for (const profile of Object.values(profiles)) {
      const setting = settingOf(copying, renderer, profile);
      const episode = act(setting, startEpisode(setting), named(name)[index]!);
      const [step] = episode.turns[0]!;
      expect(step!.unreadable).toBeUndefined();
      expect(step!.results[0]!.text).toMatch(
        /is not defined|dotted names are not tools|'\(' is expected after '\w+', not '/,
      );
      expect(step!.results[0]!.fault).toBe(fault);
      expect(episode.state).toBe(setting.initial);
    }
  const written = python.read(says(`[${name}(content='x')]`));
  expect([written.unreadable !== undefined, written.fault]).toEqual([true, fault]);
});

test("numbers that are none reach the tools as in the reference where its forms are spoken, and are told for what they are", () => {
  for (const message of [native(["cat", '{"file_name": 1e999}']), native(["cat", '{"file_name": NaN}'])]) {
    const setting = settingOf(copying, openai);
    const [step] = act(setting, startEpisode(setting), message).turns[0]!;
    expect(step!.results[0]!.text).toMatch(/'(inf|nan)' is no number; numbers go up to about 1\.8e308/);
  }
});
