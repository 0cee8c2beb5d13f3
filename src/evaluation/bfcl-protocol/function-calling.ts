import type { AssistantMessage, ChatMessage, ToolCall } from "../../episode/message.ts";
import type { Reading, Renderer } from "../../episode/renderer.ts";
import { openai } from "../../episode/renderers/openai.ts";
import { toolDefinition } from "../../episode/renderers/tool-definition.ts";
import type { EpisodeStep } from "../../episode/transcript.ts";
import { entriesOf, isDict } from "../../python/dict.ts";
import { parseJson } from "../../python/json.ts";
import { withLanguageHint } from "./documents.ts";

/** Native tool calls as the reference's handler for chat completions sends and reads them. */
export const functionCalling: Renderer = {
  ...openai,
  name: "bfcl-openai",
  observe: ({ documents, offered, turns }) => ({
    messages: turns.flatMap(({ user, steps }): ChatMessage[] => [
      { role: "user", content: user },
      ...steps.flatMap(stepMessages),
    ]),
    tools: offered.map((document) =>
      toolDefinition(documents.includes(document) ? withLanguageHint(document) : document),
    ),
  }),
  read: readNativeCalls,
};

/** The message itself, so that it can go back as it was received, and the result of each call; nothing of one that cannot be read. */
const stepMessages = ({ message, results }: EpisodeStep): ChatMessage[] => [
  message,
  ...results.map(({ text }, index): ChatMessage => {
    return { role: "tool", content: text, tool_call_id: message.tool_calls![index]!.id };
  }),
];

/** One call that cannot be read spoils its message, and the turn ends without a word about it. A repeated key takes its last value. */
function readNativeCalls(message: AssistantMessage): Reading {
  const calls = (message.tool_calls ?? []).map(readNativeCall);
  const read = calls.filter((call) => call !== undefined);
  return read.length === calls.length ? { calls: read } : openai.read(message);
}

function readNativeCall({ function: { name, arguments: text } }: ToolCall) {
  try {
    const value = parseJson(text);
    return isDict(value) ? { tool: name, args: Object.fromEntries(entriesOf(value)) } : undefined;
  } catch {
    return undefined;
  }
}
