import { faultOfNativeCalls } from "../fault.ts";
import type { AssistantMessage, ChatMessage, ToolCall } from "../message.ts";
import type { Reading, Renderer, WritableCall } from "../renderer.ts";
import type { EpisodeStep } from "../transcript.ts";
import { callsElsewhere } from "./calls-elsewhere.ts";
import { jsonOfArguments, readArgumentObject } from "./json-call.ts";
import { readModelJson } from "./model-json.ts";
import { notExecuted } from "./not-executed.ts";
import { unreadable } from "./read-text.ts";
import { resultText } from "./result-text.ts";
import { joinUserMessages } from "./text-conversation.ts";
import { toolDefinition } from "./tool-definition.ts";
import { unusableValue } from "./unusable-value.ts";

/** Native tool calls of chat completions: tools beside the messages, each result in a message of its own. */
export const openai: Renderer = {
  name: "openai",
  observe({ prompt, offered, turns }) {
    const messages: ChatMessage[] = [];
    if (prompt) messages.push({ role: "system", content: prompt.text });
    for (const [turn, { user, notices = [], steps }] of turns.entries()) {
      messages.push({ role: "user", content: [...notices, user].join("\n") });
      for (let index = 0; index < steps.length; index++) messages.push(...messagesOf(steps[index]!, turn, index));
    }
    return { messages: joinUserMessages(messages), tools: offered.map(toolDefinition) };
  },
  read: (message) => (message.tool_calls?.length ? readCalls(message) : readWords(message.content ?? "")),
  write: (calls) => ({ role: "assistant", content: null, tool_calls: calls.map(writeCall) }),
  answer: (text) => ({ role: "assistant", content: text }),
};

/** As in the reference, one call that cannot be read spoils its message: half of a plan is not executed. */
function readCalls(message: AssistantMessage): Reading {
  const { tool_calls: toolCalls = [] } = message;
  const calls: WritableCall[] = [];
  for (const [index, { function: called }] of toolCalls.entries()) {
    const read = readArguments(called.arguments);
    if ("problem" in read) {
      const fault = faultOfNativeCalls(message);
      const name = called.name.slice(0, 64);
      const reading = unreadable(`call ${index + 1} of ${toolCalls.length}, '${name}': ${read.problem}`);
      return fault === "model" ? reading : { ...reading, fault };
    }
    calls.push({ tool: called.name, args: read.args });
  }
  return { calls };
}

function readArguments(text: string): Pick<WritableCall, "args"> | { readonly problem: string } {
  const json = readModelJson(text);
  if ("problem" in json)
    return {
      problem: `the arguments are not JSON: ${text.trim() === "" ? "they are empty; write {} for none" : json.problem}`,
    };
  const read = readArgumentObject(json.value);
  return "problem" in read ? { problem: `the arguments ${read.problem}` } : read;
}

/** Words end a turn, but not those that were meant as calls; a server leaves them in the text where it cannot parse them. */
function readWords(text: string): Reading {
  const notation = callsElsewhere(text, "tags", "json", "python");
  if (notation === undefined) return { calls: [] };
  return unreadable(
    `the message holds ${notation} in its text; make native tool calls, each with its arguments as one JSON object`,
  );
}

function writeCall({ tool, args }: WritableCall, index: number): ToolCall {
  return { id: `call_${index}`, type: "function", function: { name: tool, arguments: jsonOfArguments(tool, args) } };
}

/** What was written before: a conversation is observed anew for each message, and most of it stays the same. */
const known = new WeakMap<EpisodeStep, readonly ChatMessage[]>();

/** A step is always at the same place, also in a fork of its episode. */
function messagesOf(step: EpisodeStep, turn: number, index: number): readonly ChatMessage[] {
  let messages = known.get(step);
  if (!messages) {
    messages = stepMessages(step, `call_${turn}_${index}`);
    known.set(step, messages);
  }
  return messages;
}

/** The model's message and an answer to each of its calls, since servers refuse a conversation that leaves one open. */
function stepMessages({ message, results, unreadable }: EpisodeStep, idPrefix: string): ChatMessage[] {
  const toolCalls = (message.tool_calls ?? []).map((call, index) => ({
    ...call,
    id: call.id === "" ? `${idPrefix}_${index}` : call.id,
  }));
  if (toolCalls.length === 0) {
    const said: ChatMessage = { role: "assistant", content: (message.content ?? "").toWellFormed() };
    return unreadable === undefined ? [said] : [said, { role: "user", content: notExecuted(unreadable) }];
  }
  const answered: AssistantMessage = {
    role: "assistant",
    content: message.content?.toWellFormed() ?? null,
    tool_calls: toolCalls.map(acceptable),
  };
  return [
    answered,
    ...toolCalls.map(({ id }, index) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: results[index] ? resultText(results[index]).toWellFormed() : notExecuted(unreadable!),
    })),
  ];
}

/** Servers parse the calls of earlier messages again, and answer 400 to a name or to arguments that they cannot parse. */
function acceptable({ id, type, function: called }: ToolCall): ToolCall {
  const name = called.name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64) || "_";
  return { id, type, function: { name, arguments: isJsonObject(called.arguments) ? called.arguments : "{}" } };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) return false;
    // Half of a surrogate pair, raw or escaped, has no bytes in UTF-8.
    const mayHoldHalves = /[\ud800-\udfff]|\\u[dD][89a-fA-F]/.test(text);
    return !mayHoldHalves || unusableValue(value as Readonly<Record<string, unknown>>) === undefined;
  } catch {
    return false;
  }
}
