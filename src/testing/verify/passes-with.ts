import type { Call } from "../../core/call.ts";
import { grade } from "../../grading/grade.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { missingTexts } from "../../grading/missing-texts.ts";
import { profiles } from "../../grading/profile.ts";
import type { Trajectory } from "../../grading/trajectory.ts";
import type { Task } from "../../task/task.ts";

type Calls = readonly Pick<Call, "tool" | "args">[];

/** Calls of each turn as a trajectory in which each is a step of its own. */
export const trajectoryOf = (turns: readonly Calls[]): Trajectory =>
  turns.map((calls) => calls.map((call) => [call as Call]));

export const solutionOf = (task: Task): readonly Calls[] => task.turns.map(({ groundTruth }) => groundTruth);

/** Whether a task is passed with other calls in one turn, and the ground truth in all others. */
export function passesWith(truth: GroundTruth, turn: number, calls: Calls): boolean {
  const { task } = truth;
  const turns = solutionOf(task).with(turn, calls);
  if (task.turns.some(({ goal }) => goal)) return grade(truth, trajectoryOf(turns), profiles.bfcl).valid;
  // The turn by itself tells nearly all; only where it passes are the later ones played.
  const passes = (end: number) =>
    grade(turnsOf(truth, turn, end), trajectoryOf(turns.slice(turn, end)), profiles.bfcl).valid;
  return passes(turn + 1) && passes(turns.length);
}

/**
 * Some turns of a task as a task of its own, which starts where the ground truth stands by then; for turns without goals. What had
 * been seen by then need not appear again.
 */
export function turnsOf({ task, environment, initial, turns }: GroundTruth, from: number, end: number): GroundTruth {
  const seen = turns.slice(0, from).flatMap(({ texts }) => texts);
  return {
    task: { ...task, turns: task.turns.slice(from, end) },
    environment,
    initial: from === 0 ? initial : turns[from - 1]!.state,
    turns: turns.slice(from, end).map(({ texts, state }) => ({ state, texts: missingTexts(texts, seen) })),
  };
}
