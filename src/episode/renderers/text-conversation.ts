import type { ToolDocument } from "../../core/tool-document.ts";
import type { ChatMessage } from "../message.ts";
import { type Prompt, standard } from "../prompts.ts";
import type { EpisodeStep, Transcript, TranscriptTurn } from "../transcript.ts";
import { notExecuted } from "./not-executed.ts";
import { signature } from "./signature.ts";

/** Tools as text, one a line, and what such a line is: "one JSON document" or "one signature". */
export interface ToolLines {
  readonly lines: string;
  readonly kind: string;
}

/** How a conversation in plain text shows its parts. */
export interface TextForm {
  /** A tool in full, on one line; as JSON unless given. */
  readonly tool?: (document: ToolDocument) => string;
  /** The first message: how to behave, how to write calls, and the tools. */
  system(prompt: Prompt, tools: ToolLines): string;
  /** Tools that are offered from a later turn on. */
  released(tools: ToolLines): string;
  /** What came of the calls of one message. */
  results(step: EpisodeStep): string;
}

/** The messages of a conversation in which tools, calls and results are plain text. */
export function textConversation(transcript: Transcript, form: TextForm): ChatMessage[] {
  const { turns, signatures = false } = transcript;
  const known = knownOf(form);
  return joinUserMessages([
    { role: "system", content: systemText(transcript, form, known) },
    ...turns.flatMap((turn): ChatMessage[] => [
      {
        role: "user",
        content: userText(
          turn,
          turn.released.length > 0 ? [form.released(toolLines(turn.released, signatures, form))] : [],
        ),
      },
      ...turn.steps.flatMap((step) => {
        const messages = known.steps.get(step) ?? stepMessages(step, form);
        known.steps.set(step, messages);
        return messages;
      }),
    ]),
  ]);
}

/** What was written before: a conversation is observed anew for each message, and most of it stays the same. */
interface Known {
  readonly steps: WeakMap<EpisodeStep, readonly ChatMessage[]>;
  /** By the first tool. */
  readonly systems: WeakMap<ToolDocument, { readonly of: Transcript; readonly text: string }>;
}
const knownByForm = new WeakMap<TextForm, Known>();

function knownOf(form: TextForm): Known {
  const known = knownByForm.get(form) ?? { steps: new WeakMap(), systems: new WeakMap() };
  knownByForm.set(form, known);
  return known;
}

function systemText(transcript: Transcript, form: TextForm, { systems }: Known): string {
  const { prompt = standard, documents, signatures = false } = transcript;
  const [first] = documents;
  const before = first && systems.get(first);
  const isSame =
    before &&
    before.of.prompt === transcript.prompt &&
    before.of.signatures === transcript.signatures &&
    before.of.documents.length === documents.length &&
    documents.every((document, index) => document === before.of.documents[index]);
  if (isSame) return before.text;
  const text = form.system(prompt, toolLines(documents, signatures, form));
  if (first) systems.set(first, { of: { ...transcript, turns: [] }, text });
  return text;
}

const toolLines = (tools: readonly ToolDocument[], signatures: boolean, form: TextForm): ToolLines => ({
  lines: tools.map(signatures ? signature : (form.tool ?? ((document) => JSON.stringify(document)))).join("\n"),
  kind: signatures ? "one signature" : "one JSON document",
});

/** As in the reference, the documents of tools that come later stand before what the user says. */
function userText({ user, withdrawn, notices = [] }: TranscriptTurn, released: readonly string[]): string {
  const gone = withdrawn.length > 0 ? [`No longer available: ${withdrawn.join(", ")}`] : [];
  return [...notices, ...gone, ...released, user].join("\n");
}

function stepMessages(step: EpisodeStep, form: TextForm): ChatMessage[] {
  const { message, calls, unreadable } = step;
  // Servers answer 400 to half of a surrogate pair.
  const said: ChatMessage = { role: "assistant", content: (message.content ?? "").toWellFormed() };
  if (unreadable !== undefined) return [said, { role: "user", content: notExecuted(unreadable) }];
  return calls.length === 0 ? [said] : [said, { role: "user", content: form.results(step).toWellFormed() }];
}

/**
 * Many chat templates refuse two messages of the user in a row: where a turn ends with results, or with a message that could not
 * be read, they stand before what the user says next.
 */
export function joinUserMessages(messages: readonly ChatMessage[]): ChatMessage[] {
  const joined: ChatMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === "user" && last?.role === "user")
      joined[joined.length - 1] = { role: "user", content: `${last.content}\n${message.content}` };
    else joined.push(message);
  }
  return joined;
}
