import type { ToolDocument } from "../../core/tool-document.ts";
import type { ModelCall } from "../../grading/trajectory.ts";
import { parseAnswer, strippedAnswer } from "../../python/answer.ts";
import { callText } from "../../python/call-text.ts";
import { repr } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import type { AssistantMessage, ChatMessage } from "../message.ts";
import type { Reading, Renderer } from "../renderer.ts";
import type { EpisodeStep, TranscriptTurn } from "../transcript.ts";
import { notExecuted } from "./not-executed.ts";
import { resultText } from "./result-text.ts";

/** BFCL's prompting mode, for models without native tool calls: a system prompt, and answers like `[f(a=1), g()]`. */
export const python: Renderer = {
  name: "python",
  observe: ({ documents, turns }) => ({
    messages: [
      { role: "system", content: systemPrompt(documents) },
      ...turns.flatMap((turn, index): ChatMessage[] => [
        { role: "user", content: userText(turn, turns[index - 1]?.steps.at(-1)) },
        ...turn.steps.flatMap((step, at) =>
          stepMessages(step, at === turn.steps.length - 1 && index < turns.length - 1),
        ),
      ]),
    ],
    tools: [],
  }),
  read: readMessage,
  write: (calls) => ({ role: "assistant", content: `[${calls.map(textOf).join(", ")}]` }),
};

const systemPrompt = (documents: readonly ToolDocument[]): string => `\
You fulfil a user's requests by calling functions.

To call functions, answer with a list of calls in Python syntax and nothing else:
[first_function(name=value, other_name=value), second_function()]
Name every argument and give its value as a Python literal. The next message brings the results, in the order of the calls.

Go on calling until you have done all that the user asked for in this turn. Then answer in plain words: a message without calls ends the turn, and the user speaks next. If no function fits, or a value that a function needs is missing, say so instead of calling.

These are the functions, one JSON document a line:
${documentLines(documents)}`;

/**
 * As in the reference, the documents of tools that come later stand before what the user says. So does what was wrong with the
 * message before, since many chat templates refuse two messages of the user in a row.
 */
function userText({ user, released, withdrawn, notices = [] }: TranscriptTurn, before?: EpisodeStep): string {
  const unread = before?.unreadable === undefined ? [] : [notExecuted(before.unreadable)];
  const gone = withdrawn.length > 0 ? [`No longer available: ${withdrawn.join(", ")}`] : [];
  return [...unread, ...notices, ...gone, ...(released.length > 0 ? [documentLines(released)] : []), user].join("\n");
}

const documentLines = (documents: readonly ToolDocument[]): string =>
  documents.map((document) => JSON.stringify(document)).join("\n");

function readMessage({ content, tool_calls: toolCalls = [] }: AssistantMessage): Reading {
  if (toolCalls.length > 0)
    return { calls: [], unreadable: "the message holds native tool calls, where calls are read from its text" };
  const calls = parseAnswer(content ?? "");
  if ("ok" in calls)
    return {
      calls: [],
      ...(looksLikeCalls(strippedAnswer(content ?? ""))
        ? { unreadable: `the calls cannot be read: ${calls.message}` }
        : {}),
    };
  return {
    calls: calls.map(({ tool, named, positional }) => ({
      tool,
      args: Object.fromEntries(named),
      ...(positional.length > 0 ? { positional } : {}),
    })),
  };
}

/** Plain words are how a turn ends; only what is meant as a call deserves a complaint. */
const looksLikeCalls = (answer: string): boolean => /^(\[|[A-Za-z_][\w.]*\()/.test(answer);

/**
 * Results come back as one message of the user, in the form of the reference. What was wrong with a message that ends the turn
 * stands before what the user says next.
 */
function stepMessages({ message, calls, results, unreadable }: EpisodeStep, endedTurn: boolean): ChatMessage[] {
  const said: ChatMessage = { role: "assistant", content: message.content ?? "" };
  if (unreadable !== undefined && !endedTurn) return [said, { role: "user", content: notExecuted(unreadable) }];
  if (calls.length === 0) return [said];
  const answers = calls.map((call, index) => ({
    role: "tool",
    name: textOf(call),
    content: resultText(results[index]!),
  }));
  return [said, { role: "user", content: repr(answers) }];
}

function textOf(call: ModelCall): string {
  if (typeof call === "string") return call;
  const named = callText(call.tool, Object.entries(call.args) as [string, PyValue][]);
  const positional = (call.positional ?? []).map((value) => repr(value as PyValue)).join(",");
  if (positional === "") return named;
  return named.replace(/\(/, () => (Object.keys(call.args).length > 0 ? `(${positional},` : `(${positional}`));
}
