import { expect, test } from "vitest";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { tagged } from "../../../src/episode/renderers/tagged.ts";
import { native, says } from "./saying.ts";

const ls = '{"name": "ls", "arguments": {}}';
const thought = "<think>a</think>";
const calling = (json: string) => `${thought}<tool_call>${json}</tool_call>`;
const complaint = (read: (message: ReturnType<typeof says>) => object, content: string) => {
  const reading = read(says(content));
  expect(reading).toMatchObject({ calls: [] });
  return (reading as { unreadable?: string }).unreadable;
};

test.each<[wrong: string, content: string, message: string | RegExp]>([
  ["no tags", "Hello", /^<think>…<\/think> is missing; neither <tool_call> nor <answer> is there; text stands outside/],
  ["nothing", "", /^<think>…<\/think> is missing; neither/],
  ["no thought", `<tool_call>[${ls}]</tool_call>`, /^<think>…<\/think> is missing\. Write <think>/],
  ["a thought alone", thought, /^neither <tool_call> nor <answer> is there/],
  ["an open thought", "<think>a", "<think> at character 1, near `<think>a` is never closed with </think>"],
  ["an open call", `${thought}<tool_call>[${ls}`, /^<tool_call> at character 17, near `.*` is never closed/],
  ["an open answer", `${thought}<answer>Done`, /^<answer> at character 17, near `.*` is never closed with <\/answer>/],
  ["a stray end", `</think><answer>x</answer>`, /^<\/think> at character 1, near `.*` has no <think> before it/],
  [
    "nested thoughts",
    `<think>a${thought}</think>`,
    /^another <think> at character 9, near .* inside <think>, which is still open/,
  ],
  [
    "a call in a thought",
    `<think>a<tool_call>[${ls}]</tool_call>`,
    /^<tool_call> at character 9.* close it with <\/think> first/,
  ],
  ["crossed tags", `<think>a<tool_call>b</think>`, /^<tool_call> at character 9/],
  [
    "a tag in a JSON string",
    calling('[{"name": "echo", "arguments": {"content": "<answer>"}}]'),
    /write the tag's "<" as \\u003c/,
  ],
  [
    "two thoughts",
    `${thought}${thought}<answer>x</answer>`,
    /^<think> occurs 2 times, again at character 17.*: one is allowed/,
  ],
  [
    "two lists",
    `${thought}<tool_call>[${ls}]</tool_call><tool_call>[${ls}]</tool_call>`,
    /^<tool_call> occurs 2 times.* put all calls into one list/,
  ],
  ["two answers", `${thought}<answer>x</answer><answer>y</answer>`, /^<answer> occurs 2 times/],
  ["both", `${calling(`[${ls}]`)}<answer>x</answer>`, /^a message holds either <tool_call> or <answer>, not both/],
  ["the wrong order", `<answer>x</answer>${thought}`, /^<think> must come first/],
  [
    "text outside",
    `${thought} so <answer>x</answer>`,
    /^text stands outside of the tags at character 18, near `<think>a<\/think> so/,
  ],
  ["an empty list", calling("[]"), /^the list in <tool_call> is empty, so nothing is called/],
  ["no list", calling('"ls"'), /^<tool_call> holds a string, where a list of calls is expected/],
])("tagged: %s", (_, content, message) => {
  const said = complaint(tagged.read, content);
  if (typeof message === "string") expect(said).toContain(message);
  else expect(said).toMatch(message);
  expect(said).toMatch(/Write <think>your thoughts<\/think><tool_call>\[\{"name"/);
});

test("tagged: calls and answers as they should be", () => {
  expect(tagged.read(says(` ${thought}\n<tool_call>\n[${ls}]\n</tool_call>\n`))).toEqual({
    calls: [{ tool: "ls", args: {} }],
  });
  expect(tagged.read(says(calling(ls)))).toEqual({ calls: [{ tool: "ls", args: {} }] });
  expect(tagged.read(says(`${thought}<answer></answer>`))).toEqual({ calls: [] });
  // Some servers take the thought out of the text.
  expect(tagged.read({ ...says("<answer>x</answer>"), reasoning_content: "a" })).toEqual({ calls: [] });
});

test("tagged: an answer whose body is JSON is an answer, never executed", () => {
  for (const body of [ls, `[${ls}]`, '[{"name": "rm", "arguments": {"file_name": "a.txt"}}]'])
    expect(tagged.read(says(`${thought}<answer>${body}</answer>`))).toEqual({ calls: [] });
});

test.each<[wrong: string, content: string, message: RegExp]>([
  ["an open thought", "<think>I will", /^<think> at character 1, near `<think>I will` is never closed with <\/think>/],
  ["a second thought", `${thought}b<think>c</think>`, /^<think> at character 18.* may stand only once, at the front/],
  [
    "an open call",
    `<tool_call>\n${ls}`,
    /^<tool_call> at character 1.* is never closed[\s\S]*Write each call as\n<tool_call>\n/,
  ],
  ["a stray end", `${ls}</tool_call>`, /^<\/tool_call> at character 32.* has no <tool_call> before it/],
  [
    "nested calls",
    `<tool_call><tool_call>${ls}</tool_call></tool_call>`,
    /^another <tool_call> at character 12.* stands inside <tool_call>/,
  ],
  [
    "the end of a thought in a call",
    '<tool_call>{"name": "echo", "arguments": {"content": "</think>"}}</tool_call>',
    /^<\/think> at character 55.* stands inside <tool_call>, .*write the tag's "<" as \\u003c/,
  ],
  ["a list", `<tool_call>[${ls}]</tool_call>`, /^call 1 of 1 is a list, where \{"name": "function"/],
  [
    "nothing in it",
    "<tool_call>\n</tool_call>",
    /^call 1 of 1: the JSON in <tool_call> cannot be read: .*there is nothing to read/,
  ],
  [
    "words after a call",
    `<tool_call>${ls}</tool_call> Done.`,
    /^text stands after call 1 of 1 at character 56.*results come with the next message/,
  ],
  ["words between", `<tool_call>${ls}</tool_call> or <tool_call>${ls}</tool_call>`, /^text stands after call 1 of 2/],
  [
    "a second call that is broken",
    `<tool_call>${ls}</tool_call><tool_call>{</tool_call>`,
    /^call 2 of 2: the JSON in <tool_call> cannot be read/,
  ],
  ["no tags", ls, /^the message holds calls as bare JSON, without <tool_call> tags\. Write each call as\n<tool_call>/],
  ["no tags, fenced", `\`\`\`json\n[${ls}]\n\`\`\``, /^the message holds calls as bare JSON/],
  ["Python", "[ls(a=True)]", /^the message holds calls in Python syntax/],
])("hermes: %s", (_, content, message) => {
  expect(complaint(hermes.read, content)).toMatch(message);
});

test("hermes: several calls, words before them, and a thought at the front", () => {
  const calls = [{ tool: "ls", args: {} }];
  const call = `<tool_call>\n${ls}\n</tool_call>`;
  expect(hermes.read(says(`${call}\n${call}`))).toEqual({ calls: [...calls, ...calls] });
  expect(hermes.read(says(`I look first.\n${call}\n`))).toEqual({ calls });
  expect(hermes.read(says(`<think>\nI could <tool_call> or not.\n</think>\n\n${call}`))).toEqual({ calls });
  // Templates that open the thought for the model leave it only the end.
  expect(hermes.read(says(`I could <answer> now.</think>\n${call}`))).toEqual({ calls });
  expect(hermes.read(says("<think>a</think>Done: 3 < 4 and {}."))).toEqual({ calls: [] });
  expect(hermes.read({ role: "assistant", content: null })).toEqual({ calls: [] });
});

test("what a server left in the text, or took out of it, is the harness's fault", () => {
  for (const renderer of [tagged, hermes]) {
    const calls = native(["ls", "{}"]);
    expect(renderer.read(calls)).toMatchObject({
      fault: "harness",
      unreadable: expect.stringContaining("native tool"),
    });
    expect(renderer.read(says("<think>a"))).not.toHaveProperty("fault");
  }
  expect(tagged.read(says(`${thought}<answer>x</answer><|im_end|>`))).toMatchObject({
    fault: "harness",
    unreadable: expect.stringContaining("<|im_end|>"),
  });
  expect(hermes.read(says(`<tool_call>${ls}</tool_call><|im_end|>`))).toMatchObject({ fault: "harness" });
});
