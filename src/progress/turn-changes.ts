import type { Environment } from "../core/environment.ts";
import { overlaps, type StateChange, stateChanges } from "./state-change.ts";
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
 * Compares a turn's changes with the ground truth's. `allowed` names paths that may be changed freely: `*` stands for one part of
 * a path, `**` at its end for all below.
 */
export function turnChanges(
  environment: Environment,
  turn: Pick<TurnAssessment, "before" | "after" | "truthBefore" | "truthAfter" | "differences">,
  allowed: readonly string[] = [],
): TurnChanges {
  const required = stateChanges(environment, turn.truthBefore, turn.truthAfter);
  const own = stateChanges(environment, turn.before, turn.after);
  const among = (changes: readonly StateChange[], { path }: StateChange) =>
    changes.some((change) => overlaps(change.path, path));
  const wrong = turn.differences();
  const collateral = wrong.filter(
    (change) =>
      !among(required, change) && among(own, change) && !allowed.some((pattern) => matches(pattern, change.path)),
  );
  return {
    required,
    achieved: required.filter((change) => !among(wrong, change)),
    collateral,
    unmet: wrong.filter((change) => among(required, change) || !among(own, change)),
  };
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const open = wanted.at(-1) === "**";
  const fixed = open ? wanted.slice(0, -1) : wanted;
  if (open ? given.length < fixed.length : given.length !== fixed.length) return false;
  return fixed.every((part, index) => part === "*" || part === given[index]);
}
