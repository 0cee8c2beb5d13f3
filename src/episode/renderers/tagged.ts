import { isDict, isList } from "../../python/dict.ts";
import type { PyValue } from "../../python/value.ts";
import type { AssistantMessage } from "../message.ts";
import type { Prompt } from "../prompts.ts";
import type { Reading, Renderer, WritableCall } from "../renderer.ts";
import { jsonOfCall, kindOfJson, readJsonCall } from "./json-call.ts";
import { readModelJson } from "./model-json.ts";
import { place } from "./place.ts";
import { readText, unreadable } from "./read-text.ts";
import { resultText } from "./result-text.ts";
import { explainTags, firstVisible, type Section, sectionsOf, tagsIn } from "./tags.ts";
import { type TextForm, textConversation } from "./text-conversation.ts";

const shape = `\
<think>your thoughts</think><tool_call>[{"name": "function", "arguments": {"argument": value}}]</tool_call> to call functions, or \
<think>your thoughts</think><answer>your words to the user</answer> to end the turn`;

const form: TextForm = {
  system: ({ text }: Prompt, { lines, kind }) => `\
${text}

Each of your messages has one of two forms, with nothing outside of the tags.

To call functions:
<think>what you have found out and what you do next</think>
<tool_call>[{"name": "first_function", "arguments": {"argument": value}}, {"name": "second_function", "arguments": {}}]</tool_call>
All calls of a message stand in one list, which is JSON. The next message brings the results, in the order of the calls.

To end the turn, because the request is fulfilled, or because you must ask or decline:
<think>why the turn ends here</think>
<answer>what you say to the user</answer>

These are the functions, ${kind} a line:
${lines}`,
  released: ({ lines }) => `Available from now on:\n${lines}`,
  results: ({ results }) =>
    `${results.map((result, index) => `Result of call ${index + 1}: ${resultText(result)}`).join("\n")}\n
If the request is fulfilled, think it over in <think></think> and sum up in <answer></answer>. If not, think in <think></think> and go on calling in <tool_call></tool_call>.`,
};

/** The form in which the paper trains: one thought in `<think>`, then calls in `<tool_call>` or words in `<answer>`. */
export const tagged: Renderer = {
  name: "tagged",
  observe: (transcript) => ({ messages: textConversation(transcript, form), tools: [] }),
  read: (message) => readText(message, (text) => readTagged(text, message.reasoning_content !== undefined)),
  write: (calls) => said(`<tool_call>[${calls.map(jsonOfCall).join(", ")}]</tool_call>`),
  answer: (text) => said(`<answer>${text}</answer>`),
};

const said = (act: string): AssistantMessage => ({ role: "assistant", content: `<think></think>\n${act}` });

/** `hasThought` where the server took the thought out of the message already. */
function readTagged(text: string, hasThought: boolean): Reading {
  const at = (offset: number) => place(text, offset);
  const sections = sectionsOf(text, tagsIn(text, ["think", "tool_call", "answer"]));
  if ("kind" in sections) return unreadable(`${explainTags(sections, at)}. Write ${shape}.`);
  const problems = shapeProblems(text, sections, hasThought);
  if (problems.length > 0) return unreadable(`${problems.join("; ")}. Write ${shape}.`);
  const called = sections.find(({ name }) => name === "tool_call");
  return called ? readCalls(text, called) : { calls: [] };
}

/** All that is wrong with well-paired tags, in the order of the paper's own checks. */
function shapeProblems(text: string, sections: readonly Section[], hasThought: boolean): string[] {
  const named = (name: string) => sections.filter((section) => section.name === name);
  const [thoughts, calls, answers] = [named("think"), named("tool_call"), named("answer")];
  const problems: string[] = [];
  if (thoughts.length === 0 && !hasThought) problems.push("<think>…</think> is missing");
  for (const same of [thoughts, calls, answers])
    if (same.length > 1) {
      const { name, start } = same[1]!;
      const remedy = name === "tool_call" ? "put all calls into one list" : "one is allowed";
      problems.push(`<${name}> occurs ${same.length} times, again ${place(text, start)}: ${remedy}`);
    }
  if (calls.length > 0 && answers.length > 0)
    problems.push(
      "a message holds either <tool_call> or <answer>, not both: call first, and answer when you know the results",
    );
  if (calls.length === 0 && answers.length === 0) problems.push("neither <tool_call> nor <answer> is there");
  if (thoughts.length === 1 && sections[0]!.name !== "think") problems.push("<think> must come first");
  const outside = firstOutside(text, sections);
  if (outside !== undefined) problems.push(`text stands outside of the tags ${place(text, outside)}`);
  return problems;
}

function firstOutside(text: string, sections: readonly Section[]): number | undefined {
  let from = 0;
  for (const { start, end } of sections) {
    const found = firstVisible(text, from, start);
    if (found !== undefined) return found;
    from = end;
  }
  return firstVisible(text, from, text.length);
}

function readCalls(text: string, { body, bodyStart }: Section): Reading {
  const json = readModelJson(body, text, bodyStart);
  if ("problem" in json) return unreadable(`the JSON in <tool_call> cannot be read: ${json.problem}`);
  const { value } = json;
  // One call may stand without its list, as in the paper's code.
  const items: readonly PyValue[] | undefined = isList(value) ? value : isDict(value) ? [value] : undefined;
  if (!items)
    return unreadable(`<tool_call> holds ${kindOfJson(value)}, where a list of calls is expected. Write ${shape}.`);
  if (items.length === 0) return unreadable(`the list in <tool_call> is empty, so nothing is called. Write ${shape}.`);
  const calls: WritableCall[] = [];
  for (const [index, item] of items.entries()) {
    const call = readJsonCall(item, `call ${index + 1} of ${items.length}`);
    if ("problem" in call) return unreadable(call.problem);
    calls.push(call);
  }
  return { calls };
}
