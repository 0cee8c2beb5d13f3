import type { Environment } from "../core/environment.ts";
import { ownerOf } from "../core/owner.ts";
import { alternatives, type Condition, type Goal, isCallCondition } from "../task/goal.ts";
import { type GoalMoment, holds } from "./condition.ts";
import type { Execution } from "./execution.ts";
import { namedCall } from "./named-call.ts";
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
  /** The calls of the turns before it: what was looked up ahead counts, unless its answer would be another by now. */
  readonly earlier: readonly Execution[];
}

/** Judges a turn by its goal. It looks at states and outcomes alone, in whatever order the conditions came about. */
export function judgeGoal(goal: Goal, environment: Environment, turn: ExecutedTurn): GoalVerdict {
  const { before, after, executions, earlier } = turn;
  const ahead = goal.reach.every(asksForState) ? [] : earlier.filter((one) => isCurrent(environment, before, one));
  const end: GoalMoment = { state: after, executions: [...ahead, ...executions] };
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

const asksForState = (condition: Condition): boolean => !alternatives(condition).some(isCallCondition);

/** Whether an earlier call would still be answered alike; one that changes something has done so for good. */
function isCurrent(environment: Environment, state: object, { tool, call, outcome }: Execution): boolean {
  const made = tool !== undefined && outcome.ok ? namedCall(environment, call) : undefined;
  if (!made || ownerOf(environment, made.tool, state)?.part.tools[made.tool]?.effect !== "read") return true;
  const again = environment.step(state, made);
  return environment.text(made.tool, again.outcome) === environment.text(made.tool, outcome);
}

function isAllowed({ reach, mayChange = [] }: Goal, path: string): boolean {
  const named = reach.flatMap(alternatives).some((one) => !isCallCondition(one) && touchesPath(one.path, path));
  return named || mayChange.some((pattern) => matchesPath(pattern, path));
}
