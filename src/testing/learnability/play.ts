import type { SeededRandom } from "../../core/seeded-random.ts";
import type { Course } from "./course.ts";
import type { Feedback } from "./failure.ts";
import type { Decision, LinearPolicy } from "./linear-policy.ts";
import { Outcome } from "./place.ts";

/** An episode as the policy played it. */
export interface Rollout {
  readonly decisions: readonly Decision[];
  readonly outcome: Outcome;
}

/** Plays a task to its end. The seed decides the candidates, `random` the choices among them. */
export function rollOut(
  course: Course,
  policy: LinearPolicy,
  { seed, feedback, random }: { readonly seed: string; readonly feedback: Feedback; readonly random: SeededRandom },
): Rollout {
  const decisions: Decision[] = [];
  let place = course.start(seed);
  while (true) {
    const decision = policy.choose(place, place.feedbackIn(feedback), random);
    decisions.push(decision);
    const next = course.after(place, decision.choice, seed);
    if (next instanceof Outcome) return { decisions, outcome: next };
    place = next;
  }
}

/** Plays the calls of a task's ground truth that have been told, each when it is due: the most that could be earned without guessing. */
export function toldOutcome(course: Course, seed: string): Outcome {
  let place = course.start(seed);
  while (true) {
    const { turns } = place.episode;
    const { groundTruth } = course.truth.task.turns[turns.length - 1]!;
    const due = groundTruth[turns.at(-1)!.length];
    const found = due ? place.candidates.findIndex(({ call }) => call === due) : -1;
    const next = course.after(place, found >= 0 ? found : place.candidates.length - 1, seed);
    if (next instanceof Outcome) return next;
    place = next;
  }
}
