import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { act, observe, startEpisode } from "../../../src/episode/episode.ts";
import type { AssistantMessage } from "../../../src/episode/message.ts";
import type { WritableCall } from "../../../src/episode/renderer.ts";
import { renderers } from "../../../src/episode/renderers/index.ts";
import { isPlainKey } from "../../../src/python/dict.ts";
import { copying } from "../sample-tasks.ts";
import { native, says, training } from "./saying.ts";

const all = Object.values(renderers);
const word = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter((name) => !keywords.has(name));
const keywords = new Set(
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("</tool_call>", "<think>", "</answer>", "<|im_end|>", '"}]', "it's", "\n", "\u2028"),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie("float"),
    tie("list"),
    tie("dict"),
  ),
  float: fc.constantFrom({ $float: "5.0" }, 0.1, { $int: "123456789012345678901" }, { $float: "1e+30" }),
  list: fc.array(tie("any"), { maxLength: 3 }),
  dict: fc.dictionary(text.filter(isPlainKey), tie("any"), { maxKeys: 3, noNullPrototype: true }),
})).any;
const calls: fc.Arbitrary<WritableCall[]> = fc.array(
  fc.record({ tool: word, args: fc.dictionary(word, value, { maxKeys: 3, noNullPrototype: true }) }),
  { minLength: 1, maxLength: 3 },
);

test.prop([calls])("what a renderer writes, it reads back", (made) => {
  for (const renderer of all) expect(renderer.read(renderer.write(made))).toEqual({ calls: made });
});

test.prop([fc.stringMatching(/^[A-Za-z ,.?]*$/)])("words that end a turn are read as such", (words) => {
  for (const renderer of all) expect(renderer.read(renderer.answer(words))).toEqual({ calls: [] });
});

const pieces = fc.constantFrom(
  ...[
    "<think>",
    "</think>",
    "<tool_call>",
    "</tool_call>",
    "<answer>",
    "</answer>",
    "<|im_end|>",
    "```",
    "\ud800",
    "\0",
  ],
  ...[
    '{"name": "ls", "arguments": {}}',
    "[",
    "]",
    "{",
    "}",
    '"',
    ",",
    ":",
    "(",
    ")",
    "=",
    "ls",
    "1e999",
    " ",
    "\n",
    "\\",
  ],
);
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(pieces, { maxLength: 30 }).map((list) => list.join("")),
);
const mutated = fc
  .tuple(fc.constantFrom(...all), calls, fc.nat(), fc.nat({ max: 3 }), pieces)
  .map(([renderer, made, at, cut, piece]) => {
    const written = renderer.write(made);
    const mutate = (json: string) =>
      json.slice(0, at % (json.length + 1)) + piece + json.slice((at % (json.length + 1)) + cut);
    return written.tool_calls
      ? native(
          ...written.tool_calls.map(
            ({ function: { name, arguments: json } }) => [name, mutate(json)] as [string, string],
          ),
        )
      : says(mutate(written.content!));
  });
const settings = all.map((renderer) => training(copying, renderer));

test.prop(
  [
    fc.oneof(
      hostile.map(says),
      mutated,
      hostile.map((json) => native([json, json])),
    ),
  ],
  { numRuns: 500 },
)(
  "no message makes a renderer throw, and what it makes of it is JSON that a server takes",
  (message: AssistantMessage) => {
    for (const setting of settings) {
      const { calls: read, unreadable } = setting.renderer.read(message);
      if (unreadable !== undefined) {
        expect(read).toEqual([]);
        expect(unreadable.isWellFormed()).toBe(true);
      }
      const episode = act(setting, startEpisode(setting), message);
      expect(JSON.parse(JSON.stringify(episode.state))).toEqual(episode.state);
      for (const { content } of observe(setting, episode).messages) expect((content ?? "").isWellFormed()).toBe(true);
    }
  },
);

test("messages of a megabyte are read to their end", () => {
  const large = 1_000_000;
  const repeated = (piece: string) => piece.repeat(large / piece.length);
  for (const content of [
    ...["<", "</", "<think>", "</think>", "<think></think>", "<tool_call>", "<tool_call></tool_call>", "<answer>"].map(
      repeated,
    ),
    ...["[", "{", '{"name":', "[ ", "[a", "[a(", "`", " ", "\n", "\\", '"', "<|", "<|a|>", "a.", "\ud800"].map(
      repeated,
    ),
    `<think>${repeated("a")}</think><answer>${repeated("b")}</answer>`,
    `<think>a</think><tool_call>[${repeated(" ")}`,
    `<think>a</think><tool_call>[${repeated('{"name": "ls", "arguments": {}}, ')}5]</tool_call>`,
    `<tool_call>{"name": "cat", "arguments": {"file_name": "${repeated("\\u0041")}"}}</tool_call>`,
    `[cat(file_name='${repeated("x")}')`,
    `${repeated("a ")}[ls()]`,
  ])
    for (const renderer of all) {
      const { unreadable = "" } = renderer.read(says(content));
      expect(unreadable.length).toBeLessThan(1000);
    }
  for (const json of ["[", '{"a":', '"', "\\", " "].map(repeated))
    expect(renderers.openai.read(native(["cat", json])).unreadable!.length).toBeLessThan(500);
});
