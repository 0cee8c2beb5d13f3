import type { Environment } from "../core/environment.ts";
import type { Shortfall } from "../feedback/turn-feedback.ts";
import { touchesPath } from "../grading/path-pattern.ts";
import { overlaps, type StateChange, stateChanges } from "../grading/state-change.ts";
import type { TurnAssessment } from "./turn-assessment.ts";
import { turnChanges } from "./turn-changes.ts";

/** How a turn falls short of its goal by what was done in it; what earlier turns left amiss is not held against it. */
export function turnShortfall(turn: TurnAssessment, environment: Environment): Shortfall {
  const { required, achieved, collateral } = turnChanges(environment, turn);
  const own = stateChanges(environment, turn.before, turn.after);
  const missed = required.filter((change) => !achieved.includes(change));
  const touched = (change: StateChange) =>
    own.some(({ path }) => (turn.goal ? touchesPath(change.path, path) : overlaps(path, change.path)));
  const amiss = [...missed, ...collateral];
  const steppedOn = (turn.goal?.verdict.steppedOn.length ?? 0) > 0;
  return {
    calledNothing: turn.needsCalls && turn.executions.length === 0,
    unchanged: missed.some((change) => !touched(change)),
    changedOtherwise: steppedOn || collateral.length > 0 || missed.some(touched),
    notLookedUp: turn.needsCalls && turn.missing.length > 0,
    environments: [...new Set(amiss.map(({ path }) => path.split("/")[0]!))],
  };
}
