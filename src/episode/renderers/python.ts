import type { ModelCall } from "../../grading/trajectory.ts";
import { parseAnswer, strippedAnswer } from "../../python/answer.ts";
import { parseCalls } from "../../python/call-syntax.ts";
import { callText } from "../../python/call-text.ts";
import { repr } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import type { Prompt } from "../prompts.ts";
import type { Reading, Renderer } from "../renderer.ts";
import { callsElsewhere } from "./calls-elsewhere.ts";
import { place } from "./place.ts";
import { readText, unreadable } from "./read-text.ts";
import { resultText } from "./result-text.ts";
import { type TextForm, textConversation } from "./text-conversation.ts";

const shape = "[first_function(name=value, other_name=value), second_function()]";

const form: TextForm = {
  system: ({ text }: Prompt, { lines, kind }) => `\
${text}

To call functions, answer with a list of calls in Python syntax and nothing else:
${shape}
Name every argument and give its value as a Python literal. The next message brings the results, in the order of the calls.

To end the turn, answer in plain words: a message without calls ends it, and the user speaks next.

These are the functions, ${kind} a line:
${lines}`,
  released: ({ lines }) => lines,
  // The form of the reference.
  results: ({ calls, results }) =>
    repr(calls.map((call, index) => ({ role: "tool", name: textOf(call), content: resultText(results[index]!) }))),
};

/** BFCL's prompting mode, for models without native tool calls: a system prompt, and answers like `[f(a=1), g()]`. */
export const python: Renderer = {
  name: "python",
  observe: (transcript) => ({ messages: textConversation(transcript, form), tools: [] }),
  read: (message) => readText(message, readPython),
  write: (calls) => ({ role: "assistant", content: `[${calls.map(textOf).join(", ")}]` }),
  answer: (text) => ({ role: "assistant", content: text }),
};

function readPython(text: string): Reading {
  const answer = strippedAnswer(text);
  if (answer === "") return { calls: [] };
  const parsed = parseAnswer(text);
  if ("ok" in parsed) return explain(text, answer, parsed);
  if (parsed.length === 0) return unreadable(`an empty list calls nothing; to end the turn, answer in plain words`);
  return {
    calls: parsed.map(({ tool, named, positional }) => ({
      tool,
      args: Object.fromEntries(named),
      ...(positional.length > 0 ? { positional } : {}),
    })),
  };
}

/** Plain words are how a turn ends; only what is meant as calls deserves a complaint. */
function explain(text: string, answer: string, { position, message }: { position: number; message: string }): Reading {
  const notation = callsElsewhere(text, "tags", "json");
  if (notation !== undefined)
    return unreadable(`the message holds ${notation}; write them as a list in Python syntax: ${shape}`);
  if (/^(\[|[A-Za-z_][\w.]*\()/.test(answer)) {
    // The reader adds an opening bracket where there is none.
    const at = position - (answer.startsWith("[") ? 0 : 1);
    // The closing bracket that the reader adds where there is none is none of the model's.
    const problem = at >= answer.length ? "the text ends before every quote and bracket is closed" : message;
    return unreadable(`the calls cannot be read: ${problem} (${place(text, text.indexOf(answer) + Math.max(0, at))})`);
  }
  const list = listAmongWords(answer);
  if (list === undefined) return { calls: [] };
  const where = place(text, text.indexOf(answer) + list);
  return unreadable(`words stand around the calls (${where}); to call, write the list and nothing else`);
}

/** Where a list of calls starts in the midst of words. */
function listAmongWords(answer: string): number | undefined {
  const start = /\[\s*[A-Za-z_]\w*\(/.exec(answer)?.index;
  if (start === undefined) return undefined;
  const parsed = parseCalls(answer.slice(start, answer.lastIndexOf(")]") + 2));
  return "ok" in parsed || parsed.length === 0 ? undefined : start;
}

function textOf(call: ModelCall): string {
  if (typeof call === "string") return call;
  const named = callText(call.tool, Object.entries(call.args) as [string, PyValue][]);
  const positional = (call.positional ?? []).map((value) => repr(value as PyValue)).join(",");
  if (positional === "") return named;
  return named.replace(/\(/, () => (Object.keys(call.args).length > 0 ? `(${positional},` : `(${positional}`));
}
