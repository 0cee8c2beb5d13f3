import type { Call } from "../core/call.ts";
import type { Hint } from "../feedback/hint.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { TaskMoment } from "./failing-moments.ts";
import { holds, isDocumented, isSeen, isShown, namesTool, plain, quotedIn, tells } from "./lint-words.ts";

/** Candidates that a hint may offer at once. */
export const mostCandidates = 3;
/** Texts shorter than this turn up by chance: sizes, units, words, and amounts, of which ".0" says nothing. */
const shortestValue = 5;
const isShort = (value: string): boolean => value.replace(/\.0$/, "").length < shortestValue;

/** Something of a coming ground truth in a hint, and why it may stand there all the same. */
export interface Leak {
  readonly detail: string;
  /** Set where the hint helps a call on that went wrong, with at most three candidates that the environment itself shows. */
  readonly recovery?: string;
}

/** The calls of this turn and the later ones. */
export const comingCalls = ({ task }: GroundTruth, turn: number): readonly Call[] =>
  task.turns.slice(turn).flatMap(({ groundTruth }) => groundTruth);

/** Coming calls that stand in the text as a whole: the tool's name and each argument's value, not all of them in the failed call. */
export function* completeCalls(hint: Hint, moment: TaskMoment, coming: readonly Call[]): Generator<Leak> {
  const own = JSON.stringify(moment.call);
  // Which tool was called before is known to the model, and not what to call next.
  const text = hint.text.replace(/Look again at what '\w+' returned [^.]*\./g, "");
  for (const { tool, args } of coming) {
    if (!text.includes(tool)) continue;
    const values = Object.values(args).flatMap(leaves);
    // A full stop is a value too ("here"), and ends every sentence: without a word among the values only the call's own form tells.
    if (values.some((value) => /\w/.test(value)) ? !namesTool(text, tool) : !text.includes(`${tool}(`)) continue;
    if (!values.every((value) => tells(text, value))) continue;
    const told = values.filter((value) => !holds(own, JSON.stringify(value).slice(1, -1)));
    if (tool === moment.call.tool && told.every((value) => isDocumented(value, moment))) continue;
    const { values: candidates = [] } = hint.suggestion;
    const recovers =
      tool === moment.call.tool &&
      candidates.length <= mostCandidates &&
      told.every((value) => candidates.some((candidate) => leaves(candidate).includes(value)));
    yield {
      detail: `${tool}(${values.join(", ")}) in: ${text}`,
      ...(recovers ? { recovery: `the value of an argument, among ${candidates.length} candidates` } : {}),
    };
  }
}

/** Values of coming calls in a text that the model had not seen when it made the failed call. */
export function* unseenValues(text: string, moment: TaskMoment, coming: readonly Call[]): Generator<Leak> {
  const told = new Set<string>();
  for (const { args } of coming)
    for (const value of Object.values(args).flatMap(leaves))
      if (!isShort(value) && holds(text, value) && !isSeen(value, moment)) told.add(value);
  for (const value of told) {
    const most = Math.max(
      ...sentencesOf(text).map((sentence) => (holds(sentence, value) ? choices(sentence, moment) : 0)),
    );
    yield {
      detail: `'${value}' in: ${text}`,
      ...(most <= mostCandidates && isShown(value, moment)
        ? { recovery: `among ${Math.max(1, most)} that the environment shows` }
        : {}),
    };
  }
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.;:]) +/);

/** Names in a sentence that the model had not seen; the parts of a path are not counted besides it. */
function choices(sentence: string, moment: TaskMoment): number {
  const names = [...new Set(quotedIn(sentence))].filter((name) => !isSeen(name, moment));
  return names.filter((name) => !names.some((other) => other !== name && other.split("/").includes(name))).length;
}

function leaves(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value !== "object" || value === null) return [];
  const text = plain(value);
  return text.startsWith("{") ? Object.values(value).flatMap(leaves) : [text];
}
