import { dumps } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import type { Prompt } from "../prompts.ts";
import type { Reading, Renderer, WritableCall } from "../renderer.ts";
import { callsElsewhere } from "./calls-elsewhere.ts";
import { jsonOfCall, readJsonCall } from "./json-call.ts";
import { readModelJson } from "./model-json.ts";
import { place } from "./place.ts";
import { readText, unreadable } from "./read-text.ts";
import { resultText } from "./result-text.ts";
import { explainTags, firstVisible, type Section, sectionsOf, tagsIn } from "./tags.ts";
import { type TextForm, textConversation } from "./text-conversation.ts";
import { toolDefinition } from "./tool-definition.ts";

const shape = `<tool_call>
{"name": "function", "arguments": {"argument": value}}
</tool_call>`;

/** The shapes are those of the chat templates of Qwen 2.5 and Qwen 3, which models of this kind were trained on. */
const form: TextForm = {
  tool: (document) => {
    const tool = toolDefinition(document);
    return dumps(tool as unknown as PyValue) ?? JSON.stringify(tool);
  },
  system: ({ text }: Prompt, { lines }) => `\
${text}

# Tools

The functions that you may call stand within <tools></tools>, one a line:
<tools>
${lines}
</tools>

For each call, write a JSON object with the function's name and its arguments within <tool_call></tool_call>:
${shape}
A message may hold several calls, one after the other, and nothing after them. The next message brings their results, in the same order. A message without calls ends the turn.`,
  released: ({ lines }) => `Available from now on:\n<tools>\n${lines}\n</tools>`,
  results: ({ results }) =>
    results.map((result) => `<tool_response>\n${resultText(result)}\n</tool_response>`).join("\n"),
};

/** The chat format of Hermes and Qwen as plain text, for servers that neither offer tools nor parse calls. */
export const hermes: Renderer = {
  name: "hermes",
  observe: (transcript) => ({ messages: textConversation(transcript, form), tools: [] }),
  read: (message) => readText(message, readHermes),
  write: (calls) => ({
    role: "assistant",
    content: calls.map((call) => `<tool_call>\n${jsonOfCall(call)}\n</tool_call>`).join("\n"),
  }),
  answer: (text) => ({ role: "assistant", content: text }),
};

function readHermes(text: string): Reading {
  const start = endOfThought(text);
  if (start === undefined)
    return unreadable(
      `<think> ${place(text, text.indexOf("<think>"))} is never closed with </think>: close it before you call or answer`,
    );
  const sections = sectionsOf(text, tagsIn(text, ["think", "tool_call"], start));
  if ("kind" in sections)
    return unreadable(`${explainTags(sections, (at) => place(text, at))}. Write each call as\n${shape}`);
  const thought = sections.find(({ name }) => name === "think");
  if (thought)
    return unreadable(`<think> ${place(text, thought.start)} may stand only once, at the front of a message`);
  if (sections.length > 0) return readCalls(text, sections);
  const notation = callsElsewhere(text.slice(start), "json", "python");
  if (notation === undefined) return { calls: [] };
  return unreadable(`the message holds ${notation}, without <tool_call> tags. Write each call as\n${shape}`);
}

/**
 * Where the thought at the front ends; 0 where there is none, undefined where it does not end. What a model thinks is free: tags in
 * it are words. Some templates open the thought for the model, so its message holds the end alone.
 */
function endOfThought(text: string): number | undefined {
  const opens = text.startsWith("<think>", firstVisible(text, 0, text.length) ?? 0);
  const closing = text.indexOf("</think>");
  if (opens) return closing < 0 ? undefined : closing + "</think>".length;
  const call = text.indexOf("<tool_call>");
  return closing < 0 || (call >= 0 && call < closing) ? 0 : closing + "</think>".length;
}

function readCalls(text: string, sections: readonly Section[]): Reading {
  const calls: WritableCall[] = [];
  for (const [index, { body, bodyStart, end }] of sections.entries()) {
    const which = `call ${index + 1} of ${sections.length}`;
    const json = readModelJson(body, text, bodyStart);
    if ("problem" in json) return unreadable(`${which}: the JSON in <tool_call> cannot be read: ${json.problem}`);
    const call = readJsonCall(json.value, which);
    if ("problem" in call) return unreadable(call.problem);
    const outside = firstVisible(text, end, sections[index + 1]?.start ?? text.length);
    if (outside !== undefined)
      return unreadable(
        `text stands after ${which} ${place(text, outside)}: only further calls may follow a call, since results come with the next message`,
      );
    calls.push(call);
  }
  return { calls };
}
