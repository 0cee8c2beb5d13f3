import type { AssistantMessage, ChatMessage } from "../../episode/message.ts";
import type { Reading, Renderer } from "../../episode/renderer.ts";
import { python } from "../../episode/renderers/python.ts";
import type { EpisodeStep, TranscriptTurn } from "../../episode/transcript.ts";
import { parseAnswer } from "../../python/answer.ts";
import { repr } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import { decodedCall } from "./decoded-call.ts";
import { indentedDocuments, withLanguageHint } from "./documents.ts";
import { systemText } from "./system-text.ts";

/** Calls in the text of messages, as the reference's handler for chat completions asks for and reads them. */
export const prompting: Renderer = {
  ...python,
  name: "bfcl-python",
  observe: ({ documents, turns }) => ({
    messages: [
      { role: "system", content: systemText(indentedDocuments(documents.map(withLanguageHint))) },
      ...turns.flatMap((turn): ChatMessage[] => [
        { role: "user", content: userText(turn) },
        ...turn.steps.flatMap(stepMessages),
      ]),
    ],
    tools: [],
  }),
  read: readTextCalls,
};

const userText = ({ user, released }: TranscriptTurn): string =>
  released.length > 0 ? `${repr(released as unknown as PyValue)}\n${user}` : user;

/** The message itself, so that it can go back as it was received, and the results of its calls in one message. */
function stepMessages({ message, calls, results }: EpisodeStep): ChatMessage[] {
  if (calls.length === 0) return [message];
  const answers = calls.map((name, index) => ({ role: "tool", name: name as string, content: results[index]!.text }));
  return [message, { role: "user", content: repr(answers) }];
}

/** Calls are texts, as in the reference's result files. A message that does not decode ends the turn without a word about it. */
function readTextCalls({ content }: AssistantMessage): Reading {
  if (content === null) return { calls: [] };
  const parsed = parseAnswer(content);
  const calls = "ok" in parsed ? [undefined] : parsed.map(decodedCall);
  const read = calls.filter((call) => call !== undefined);
  return read.length === calls.length ? { calls: read } : { calls: [], unreadable: "the message does not decode" };
}
