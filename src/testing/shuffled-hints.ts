import { ownerOf } from "../core/owner.ts";
import { seededRandom } from "../core/seeded-random.ts";
import type { FailedMoment } from "../feedback/failed-moment.ts";
import { type HintLibrary, type HintSource, hintOn } from "../feedback/feedback.ts";
import type { Hint } from "../feedback/hint.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { failingMoments } from "./failing-moments.ts";

/** A hint together with where it was given. */
export interface PlacedHint {
  readonly tool: string;
  readonly family: string;
  readonly hint: Hint;
}

/** Hints by the environment of the failed call's tool. */
export type HintPool = ReadonlyMap<string, readonly PlacedHint[]>;

/** The environment of a failed call's tool; empty where no environment has it. */
export const placeOf = ({ environment, call, state }: FailedMoment): string =>
  (call && ownerOf(environment, call.tool, state)?.name) ?? "";

/** The hints at `guide` met on walks along ground truths, one a task, tool and code. */
export function hintPool(library: HintLibrary, truths: Iterable<GroundTruth>, seed: string): HintPool {
  const pool = new Map<string, PlacedHint[]>();
  for (const truth of truths) {
    const met = new Set<string>();
    for (const moment of failingMoments(truth, seed)) {
      const { tool } = moment.call;
      const key = `${tool} ${moment.error.code}`;
      if (met.has(key)) continue;
      met.add(key);
      const hint = hintOn(library, moment, "guide");
      const place = placeOf(moment);
      if (!hint || place === "") continue;
      const known = pool.get(place);
      if (known) known.push({ tool, family: moment.family, hint });
      else pool.set(place, [{ tool, family: moment.family, hint }]);
    }
  }
  return pool;
}

/** A hint of the same environment on a failure of another tool, drawn by the seed text; undefined where there is none. */
export function drawHint(
  pool: HintPool,
  place: string,
  tool: string,
  seed: string,
  apartFrom?: string,
): Hint | undefined {
  const others = (pool.get(place) ?? []).filter((one) => one.tool !== tool && one.family !== apartFrom);
  return others.length === 0 ? undefined : seededRandom(seed).pick(others).hint;
}

/**
 * Hints that have nothing to do with the failure they stand at: what hints are compared with, as long and as friendly. They come
 * from other families: one of the same conversation could speak of what its ground truth calls later.
 */
export function shuffledHints(pool: HintPool, family: string, seed: string): HintSource {
  return (moment) => {
    const { environment, call, error, history } = moment;
    const place = placeOf(moment) || Object.keys(environment.parts)[0]!;
    const key = JSON.stringify(["shuffled hint", seed, family, call, error.code, history.length]);
    return drawHint(pool, place, call?.tool ?? "", key, family);
  };
}
