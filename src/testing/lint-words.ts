import { z } from "zod";
import type { Environment } from "../core/environment.ts";
import { type Owner, ownerOf } from "../core/owner.ts";
import type { Tools } from "../core/tool.ts";
import { toolDocument, toolDocuments } from "../core/tool-document.ts";
import type { TaskMoment } from "./failing-moments.ts";

/** A value as hints write it. */
export const plain = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  const tagged = Object.values(value);
  return tagged.length === 1 && typeof tagged[0] === "string" ? tagged[0] : JSON.stringify(value);
};

/** Many tools have names that are plain words ("add"): those count only in quotes. */
export function namesTool(text: string, tool: string): boolean {
  if (!text.includes(tool)) return false;
  return /^[a-z]+$/.test(tool) ? text.includes(`'${tool}'`) : holds(text, tool);
}

/** Whether a text holds a word or a name as a whole, and not as a part of a longer one. */
export function holds(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!isInWord(text[at - 1], part[0]) && !isInWord(part.at(-1), text[at + part.length])) return true;
  return false;
}
/**
 * Whether a text tells a value. One letter or digit is more often a word, the rest of a short form or a count ("a note", "isn't",
 * "3 of them") than a value, which stands in quotes or ends what is said.
 */
export function tells(text: string, value: string): boolean {
  if (!/^[\p{L}\p{N}]$/u.test(value)) return holds(text, value);
  return new RegExp(`(?<![\\p{L}\\p{N}_]|\\p{L}['’])${value}(?![\\p{L}\\p{N}_]| +[\\p{L}\\p{N}])`, "u").test(text);
}
const isInWord = (left = "", right = ""): boolean => wordLetter.test(left) && wordLetter.test(right);
const wordLetter = /[\p{L}\p{N}_]/u;

/** What stands in single quotes; an apostrophe within a word is none, and what follows "as in" or "such as" is only an example. */
export const quotedIn = (text: string): string[] =>
  [...text.replaceAll("''", "").matchAll(/(?<![\p{L}\p{N}])(?<!\b(?:as in|such as) )'([^']+)'(?![\p{L}\p{N}])/gu)].map(
    ([, name]) => name!,
  );

/**
 * What a model could have read before it made the call: the dialogue, results, the tools' documents, and its own call, of which a
 * part is enough: `2026-01-31x` holds the date that was meant.
 */
export const isSeen = (part: string, { environment, call, text, said, history }: TaskMoment): boolean => {
  if (holds(text, part) || JSON.stringify(call).includes(escaped(part))) return true;
  if (said.some((one) => holds(one, part)) || history.some((past) => holds(past.text, part))) return true;
  return holds(documentsOf(environment), escaped(part));
};

/** Whether the document of the tool that was called says it, as it does each word of an enumeration. */
export const isDocumented = (part: string, { environment: { tools }, call }: TaskMoment): boolean =>
  Object.hasOwn(tools, call.tool) && holds(JSON.stringify(toolDocument(call.tool, tools[call.tool]!)), escaped(part));

/** What the environment itself shows: the state of the tool's environment and its fields, or the failure's own facts. */
export function isShown(part: string, { environment, call, error, state }: TaskMoment): boolean {
  if (holds(JSON.stringify(error.data ?? null), escaped(part))) return true;
  const owner = ownerOf(environment, call.tool, state);
  return owner !== undefined && (holds(textOfState(owner), escaped(part)) || holds(fieldsOf(owner.part), part));
}

/** As it stands inside JSON. */
const escaped = (part: string): string => JSON.stringify(part).slice(1, -1);

/** A state together with the values that the tools' authors name as worth trying in it, such as the companies of a market. */
function textOfState({ part, state }: Owner): string {
  const known = states.get(state);
  if (known !== undefined) return known;
  const candidates = Object.values(part.tools as Tools).flatMap(({ spec }) =>
    Object.values(spec.candidates ?? {}).map((of) => (of as (state: object) => unknown)(state)),
  );
  const text = JSON.stringify([state, candidates]);
  states.set(state, text);
  return text;
}
const states = new WeakMap<object, string>();
const fields = new WeakMap<Environment, string>();
function fieldsOf(environment: Environment): string {
  const known =
    fields.get(environment) ??
    JSON.stringify(z.toJSONSchema(environment.stateSchema, { unrepresentable: "any", io: "input" }));
  fields.set(environment, known);
  return known;
}
const documents = new WeakMap<Environment, string>();
function documentsOf(environment: Environment): string {
  const known = documents.get(environment) ?? JSON.stringify(toolDocuments(environment.tools));
  documents.set(environment, known);
  return known;
}
