import type { Environment } from "../core/environment.ts";
import { alternatives, type Condition, type Goal, isCallCondition } from "../task/goal.ts";
import { type GoalMoment, holds } from "./condition.ts";
import type { Execution } from "./execution.ts";
import { matchesPath, touchesPath } from "./path-pattern.ts";
import { type StateChange, stateChanges } from "./state-change.ts";

/** How a turn stands to its goal. */
export interface GoalVerdict {
  /** Conditions of `reach` that do not hold as the turn ends. */
  readonly missed: readonly Condition[];
  /** Conditions of `avoid` that held at some moment of the turn. */
  readonly steppedOn: readonly Condition[];
  /** What the turn changed that neither `reach` names nor `mayChange` allows. */
  readonly collateral: readonly StateChange[];
  /** Whether the states were right: nothing missed but calls, nothing stepped on, no collateral. */
  readonly state: boolean;
  /** Whether every call that `reach` asks for was made. */
  readonly response: boolean;
}

/** A turn as it was executed. */
export interface ExecutedTurn {
  readonly before: object;
  readonly after: object;
  /** The calls of the turn. */
  readonly executions: readonly Execution[];
  /** The calls of the turns before it: what was looked up ahead counts. */
  readonly earlier: readonly Execution[];
}

/** Judges a turn by its goal. It looks at states and outcomes alone, in whatever order the conditions came about. */
export function judgeGoal(goal: Goal, environment: Environment, turn: ExecutedTurn): GoalVerdict {
  const { before, after, executions, earlier } = turn;
  const end: GoalMoment = { state: after, executions: [...earlier, ...executions] };
  const missed = goal.reach.filter((condition) => !holds(condition, environment, end));
  const moments: GoalMoment[] = [
    { state: before, executions: [] },
    ...executions.map((execution) => ({ state: execution.state, executions: [execution] })),
  ];
  const steppedOn = (goal.avoid ?? []).filter((mine) => moments.some((moment) => holds(mine, environment, moment)));
  const collateral = stateChanges(environment, before, after).filter(({ path }) => !isAllowed(goal, path));
  return {
    ...{ missed, steppedOn, collateral },
    state: steppedOn.length === 0 && collateral.length === 0 && missed.every(asksForCalls),
    response: !missed.some(asksForCalls),
  };
}

/** Whether only calls can make a condition hold, as where something is to be looked up. */
export const asksForCalls = (condition: Condition): boolean => alternatives(condition).every(isCallCondition);

function isAllowed({ reach, mayChange = [] }: Goal, path: string): boolean {
  const named = reach.flatMap(alternatives).some((one) => !isCallCondition(one) && touchesPath(one.path, path));
  return named || mayChange.some((pattern) => matchesPath(pattern, path));
}
