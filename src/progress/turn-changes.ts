import type { Environment } from "../core/environment.ts";
import { matchesPath } from "../grading/path-pattern.ts";
import { overlaps, type StateChange, stateChanges } from "../grading/state-change.ts";
import { goalChanges } from "./goal-turn.ts";
import type { TurnAssessment } from "./turn-assessment.ts";

/** What a turn had to change, how much of that it did, and what it changed besides. */
export interface TurnChanges {
  /** What the ground truth changes in this turn. */
  readonly required: readonly StateChange[];
  /** Those of them that hold as the turn ends. */
  readonly achieved: readonly StateChange[];
  /** What the model made wrong in this turn where nothing was required or allowed: `from` is the model's, `to` the ground truth's. */
  readonly collateral: readonly StateChange[];
  /** What else is wrong as the turn ends: a requirement of this turn that was missed, or something left amiss before it. */
  readonly unmet: readonly StateChange[];
}

/**
 * Compares a turn's changes with the ground truth's, or with its goal, whose own `mayChange` is heeded already. `allowed` names paths that may be changed freely: `*` stands for one part of
 * a path, `**` at its end for all below.
 */
export function turnChanges(
  environment: Environment,
  turn: Pick<TurnAssessment, "before" | "after" | "truthBefore" | "truthAfter" | "differences" | "goal">,
  allowed: readonly string[] = [],
): TurnChanges {
  const isFree = ({ path }: StateChange) => allowed.some((pattern) => matchesPath(pattern, path));
  if (turn.goal) {
    const { collateral, ...changes } = goalChanges(turn, environment);
    return { ...changes, collateral: collateral.filter((change) => !isFree(change)) };
  }
  const required = stateChanges(environment, turn.truthBefore, turn.truthAfter);
  const own = stateChanges(environment, turn.before, turn.after);
  const among = (changes: readonly StateChange[], { path }: StateChange) =>
    changes.some((change) => overlaps(change.path, path));
  const wrong = turn.differences();
  const collateral = wrong.filter((change) => !among(required, change) && among(own, change) && !isFree(change));
  return {
    required,
    achieved: required.filter((change) => !among(wrong, change)),
    collateral,
    unmet: wrong.filter((change) => among(required, change) || !among(own, change)),
  };
}
