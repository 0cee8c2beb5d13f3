import { ownerOf } from "../core/owner.ts";
import { seededRandom } from "../core/seeded-random.ts";
import type { Tools } from "../core/tool.ts";
import { faultOfCall } from "../episode/fault.ts";
import { isSilence } from "../feedback/advice.ts";
import { adviceOn, type HintLibrary, hintOn } from "../feedback/feedback.ts";
import type { Suggestion } from "../feedback/hint.ts";
import type { TaskMoment } from "./failing-moments.ts";
import { type Repair, repairsOf } from "./repair.ts";

/** How often hints on failed calls lead on, counted without any model. */
export interface Narrowing {
  /** Failed calls looked at, without faults of the harness. */
  readonly failures: number;
  readonly harnessFaults: number;
  /** Failures with a hint at `guide`, and those whose author chose silence. */
  readonly hinted: number;
  readonly silent: number;
  /** Failures that one other argument or one earlier call repairs. */
  readonly repairable: number;
  /** Of those, where the hint at `guide` leaves at most three candidates, a repair among them. */
  readonly guided: number;
  /** The same for the hint on a failure of another tool in the same environment, drawn at random. */
  readonly shuffled: number;
}
/** Candidates beyond which a choice is not narrow. */
const mostCandidates = 3;

/**
 * Counts over failed calls. A hint's candidates are the values that it names for an argument of the call, and the tools that
 * declare to provide a condition which it calls unmet; a repair is among them if it puts one of these values into that argument,
 * or calls one of these tools first.
 */
export function narrowing(library: HintLibrary, moments: Iterable<TaskMoment>, seed = "0"): Narrowing {
  const counts = { failures: 0, harnessFaults: 0, hinted: 0, silent: 0 };
  const repairable: { readonly moment: TaskMoment; readonly repairs: readonly Repair[] }[] = [];
  const others = new Map<string, { readonly tool: string; readonly suggestion: Suggestion }[]>();
  for (const moment of moments) {
    if (faultOfCall(moment.call, moment.error) === "harness") {
      counts.harnessFaults++;
      continue;
    }
    counts.failures++;
    const advice = adviceOn(library, moment);
    if (advice && isSilence(advice)) counts.silent++;
    const hint = hintOn(library, moment, "guide");
    if (hint) {
      counts.hinted++;
      const drawn = { tool: moment.call.tool, suggestion: hint.suggestion };
      const key = placeOf(moment);
      const known = others.get(key);
      if (known) known.push(drawn);
      else others.set(key, [drawn]);
    }
    const repairs = repairsOf(moment);
    if (repairs.length > 0) repairable.push({ moment, repairs });
  }
  const random = seededRandom(JSON.stringify(["shuffled hints", seed]));
  let guided = 0;
  let shuffled = 0;
  for (const { moment, repairs } of repairable) {
    const hint = hintOn(library, moment, "guide");
    if (hint && leadsTo(hint.suggestion, moment, repairs)) guided++;
    const drawn = (others.get(placeOf(moment)) ?? []).filter(({ tool }) => tool !== moment.call.tool);
    if (drawn.length > 0 && leadsTo(random.pick(drawn).suggestion, moment, repairs)) shuffled++;
  }
  return { ...counts, repairable: repairable.length, guided, shuffled };
}

const placeOf = ({ environment, call, before }: TaskMoment): string =>
  ownerOf(environment, call.tool, before)?.name ?? "";

function leadsTo(
  { argument, values = [], unmet = [] }: Suggestion,
  moment: TaskMoment,
  repairs: readonly Repair[],
): boolean {
  const tools = Object.entries(moment.environment.tools as Tools).flatMap(([name, { spec }]) =>
    spec.provides?.some((condition: string) => unmet.includes(condition)) ? [name] : [],
  );
  const candidates = values.length + tools.length;
  if (candidates === 0 || candidates > mostCandidates) return false;
  return repairs.some((repair) =>
    repair.kind === "call"
      ? tools.includes(repair.call.tool)
      : repair.argument === argument && values.some((value) => JSON.stringify(value) === JSON.stringify(repair.value)),
  );
}
