import type { Tools } from "../core/tool.ts";
import { faultOfCall } from "../episode/fault.ts";
import { isSilence } from "../feedback/advice.ts";
import { adviceOn, type HintLibrary, hintOn } from "../feedback/feedback.ts";
import type { Suggestion } from "../feedback/hint.ts";
import type { HintLevel } from "../feedback/level.ts";
import type { TaskMoment, UnreadableMoment } from "./failing-moments.ts";
import { type Repair, repairsOf } from "./repair.ts";
import { drawHint, type PlacedHint, placeOf } from "./shuffled-hints.ts";
import { type OtherStates, readingElsewhere } from "./state-dependence.ts";

/** Counts of failed calls. Each but the first is a part of one before it. */
export interface NarrowingCounts {
  /** Failed calls that are the model's fault. */
  readonly failures: number;
  /** Of those: with a hint at `guide`, and those whose author chose silence. */
  readonly hinted: number;
  readonly silent: number;
  /** Of those hinted: in another state that was met the same call fails with the same code, and the hint's text is another. */
  readonly dependent: number;
  /** Of those hinted: in another state the same call fails, with whatever code, and the hint's text is another. */
  readonly varying: number;
  /** Of the failures: one other argument or one earlier call makes the same tool succeed. */
  readonly repairable: number;
  /** Of those repairable: the hint leaves at most three candidates, a repair among them. */
  readonly guided: number;
  /** The same for a hint of the same environment on a failure of another tool, drawn by seed. */
  readonly shuffled: number;
}

/** How often hints on failed calls lead on, counted without any model; in all, and for each kind of failure. */
export interface Narrowing extends NarrowingCounts {
  /** Failed calls that a serving stack spoilt; they are in no other number. */
  readonly harnessFaults: number;
  readonly kinds: readonly (NarrowingCounts & FailureKind)[];
}

/** A tool and the code with which it failed. Tools that no environment has, and texts that are no calls, count as one. */
export interface FailureKind {
  readonly tool: string;
  readonly code: string;
}
export const noTool = "(no tool)";

/** Candidates beyond which a choice is not narrow. */
const mostCandidates = 3;
const none: NarrowingCounts = {
  failures: 0,
  hinted: 0,
  silent: 0,
  dependent: 0,
  varying: 0,
  repairable: 0,
  guided: 0,
  shuffled: 0,
};

export interface NarrowingOptions {
  /** The level of the hints (`guide`). */
  readonly level?: Exclude<HintLevel, "off">;
  readonly seed?: string;
}

/**
 * Counts over failed calls. A hint's candidates are the values that it names for an argument of the call, the tools that declare
 * to provide a condition which it calls unmet, and at `direct` the tools that it names. A repair is among them if it puts one of
 * these values into that argument, or calls one of these tools first.
 */
export function narrowing(
  library: HintLibrary,
  moments: Iterable<TaskMoment | UnreadableMoment>,
  others: OtherStates,
  { level = "guide", seed = "0" }: NarrowingOptions = {},
): Narrowing {
  const kinds = new Map<string, { -readonly [K in keyof NarrowingCounts]: number } & FailureKind>();
  const repairable: { readonly moment: TaskMoment; readonly repairs: readonly Repair[]; readonly kind: string }[] = [];
  const pool = new Map<string, PlacedHint[]>();
  let harnessFaults = 0;
  for (const moment of moments) {
    if (faultOfCall(moment.call ?? moment.made, moment.error) === "harness") {
      harnessFaults++;
      continue;
    }
    const place = placeOf(moment);
    const { code } = moment.error;
    const tool = moment.call && place !== "" ? moment.call.tool : noTool;
    const kind = `${tool} ${code}`;
    const counts = kinds.get(kind) ?? { tool, code, ...none };
    kinds.set(kind, counts);
    counts.failures++;
    const advice = adviceOn(library, moment);
    if (advice && isSilence(advice)) counts.silent++;
    const hint = hintOn(library, moment, level);
    if (hint) {
      counts.hinted++;
      const known = pool.get(place);
      if (known) known.push({ tool, family: moment.family, hint });
      else pool.set(place, [{ tool, family: moment.family, hint }]);
    }
    if (!moment.call) continue;
    const reading = hint ? readingElsewhere(library, moment, others, level) : undefined;
    if (reading === "sameCode") counts.dependent++;
    if (reading) counts.varying++;
    const repairs = repairsOf(moment);
    if (repairs.length > 0) repairable.push({ moment, repairs, kind });
  }
  for (const [index, { moment, repairs, kind }] of repairable.entries()) {
    const counts = kinds.get(kind)!;
    counts.repairable++;
    const hint = hintOn(library, moment, level);
    if (hint && leadsTo(hint.suggestion, moment, repairs)) counts.guided++;
    const key = JSON.stringify(["shuffled hints", seed, index]);
    const drawn = drawHint(pool, placeOf(moment), moment.call.tool, key);
    if (drawn && leadsTo(drawn.suggestion, moment, repairs)) counts.shuffled++;
  }
  const rows = [...kinds.values()].sort(
    (a, b) => b.failures - a.failures || (a.tool + a.code < b.tool + b.code ? -1 : 1),
  );
  return { ...total(rows), harnessFaults, kinds: rows };
}

function total(rows: readonly NarrowingCounts[]): NarrowingCounts {
  const sum = { ...none } as { -readonly [K in keyof NarrowingCounts]: number };
  for (const row of rows) for (const key of Object.keys(none) as (keyof NarrowingCounts)[]) sum[key] += row[key];
  return sum;
}

function leadsTo(
  { argument, values = [], unmet = [], tools: named = [] }: Suggestion,
  moment: TaskMoment,
  repairs: readonly Repair[],
): boolean {
  const providing = Object.entries(moment.environment.tools as Tools).flatMap(([name, { spec }]) =>
    spec.provides?.some((condition: string) => unmet.includes(condition)) ? [name] : [],
  );
  const tools = [...new Set([...providing, ...named])];
  const candidates = values.length + tools.length;
  if (candidates === 0 || candidates > mostCandidates) return false;
  return repairs.some((repair) =>
    repair.kind === "call"
      ? tools.includes(repair.call.tool)
      : repair.argument === argument && values.some((value) => JSON.stringify(value) === JSON.stringify(repair.value)),
  );
}
