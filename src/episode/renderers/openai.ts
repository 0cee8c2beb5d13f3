import { entriesOf, isDict } from "../../python/dict.ts";
import { parseJson } from "../../python/json.ts";
import { dumps } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import type { AssistantMessage, ChatMessage, ToolCall } from "../message.ts";
import type { Reading, Renderer, WritableCall } from "../renderer.ts";
import type { EpisodeStep } from "../transcript.ts";
import { notExecuted } from "./not-executed.ts";
import { resultText } from "./result-text.ts";
import { toolDefinition } from "./tool-definition.ts";

/** Native tool calls of chat completions: tools beside the messages, each result in a message of its own. */
export const openai: Renderer = {
  name: "openai",
  observe: ({ offered, turns }) => ({
    messages: turns.flatMap(({ user, notices = [], steps }, turn) => [
      { role: "user" as const, content: [...notices, user].join("\n") },
      ...steps.flatMap((step, index) => stepMessages(step, `call_${turn}_${index}`)),
    ]),
    tools: offered.map(toolDefinition),
  }),
  read: (message) => readCalls(message.tool_calls ?? []),
  write: (calls) => ({ role: "assistant", content: null, tool_calls: calls.map(writeCall) }),
};

/** As in the reference, one call that cannot be read spoils its message: half of a plan is not executed. */
function readCalls(toolCalls: readonly ToolCall[]): Reading {
  const calls: WritableCall[] = [];
  for (const [index, { function: called }] of toolCalls.entries()) {
    const read = readArguments(called.arguments);
    if ("problem" in read)
      return { calls: [], unreadable: `call ${index + 1} of ${toolCalls.length}, '${called.name}': ${read.problem}` };
    calls.push({ tool: called.name, args: read.args });
  }
  return { calls };
}

function readArguments(text: string): { readonly args: WritableCall["args"] } | { readonly problem: string } {
  try {
    const value = parseJson(text);
    // Entries, because an assignment to __proto__ would set the prototype instead of a key.
    if (isDict(value)) return { args: Object.fromEntries(entriesOf(value)) };
    return { problem: "the arguments are JSON, but no object" };
  } catch (error) {
    return { problem: `the arguments are not JSON: ${(error as Error).message}` };
  }
}

function writeCall({ tool, args }: WritableCall, index: number): ToolCall {
  const text = dumps(args as PyValue);
  if (text === undefined) throw new Error(`${tool}: these arguments have no JSON form`);
  return { id: `call_${index}`, type: "function", function: { name: tool, arguments: text } };
}

/** The model's message and an answer to each of its calls, since servers refuse a conversation that leaves one open. */
function stepMessages({ message, results, unreadable }: EpisodeStep, idPrefix: string): ChatMessage[] {
  const toolCalls = (message.tool_calls ?? []).map((call, index) => ({
    ...call,
    id: call.id === "" ? `${idPrefix}_${index}` : call.id,
  }));
  if (toolCalls.length === 0) return [{ role: "assistant", content: message.content ?? "" }];
  const answered: AssistantMessage = {
    role: "assistant",
    content: message.content,
    tool_calls: toolCalls.map(acceptable),
  };
  return [
    answered,
    ...toolCalls.map(({ id }, index) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: results[index] ? resultText(results[index]) : notExecuted(unreadable!),
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
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
