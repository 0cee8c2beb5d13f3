import type { Environment } from "../core/environment.ts";
import { conditionText, holds, wantedValue } from "../grading/condition.ts";
import { asksForCalls, type GoalVerdict } from "../grading/goal.ts";
import type { StateChange } from "../grading/state-change.ts";
import { valuesAt } from "../grading/state-path.ts";
import { alternatives, type Condition, type Goal, isCallCondition, type StateCondition } from "../task/goal.ts";
import type { TurnAssessment } from "./turn-assessment.ts";

/** The calls that a goal asks for, in words, and those of them that were not made. */
export function goalOutputs({ reach }: Goal, { missed }: GoalVerdict) {
  const wordsOf = (conditions: readonly Condition[]) => conditions.filter(asksForCalls).map(conditionText);
  return { expected: wordsOf(reach), missing: wordsOf(missed) };
}

/** The state that a condition asks for; of several the first. Undefined where it asks for calls alone. */
const stateOf = (condition: Condition): StateCondition | undefined =>
  alternatives(condition).find((one): one is StateCondition => !isCallCondition(one));

const changeTo = (condition: StateCondition, environment: Environment, state: object): StateChange => ({
  path: condition.path,
  from: valuesAt(environment, state, condition.path)[0],
  to: wantedValue(condition),
});

/** What is amiss as a turn with a goal ends: what was not reached, and what should have stayed. */
export function goalDifferences({ missed, collateral }: GoalVerdict, environment: Environment, after: object) {
  const unmet = missed.flatMap((condition) => stateOf(condition) ?? []);
  return [...unmet.map((condition) => changeTo(condition, environment, after)), ...collateral.map(undone)];
}

const undone = ({ path, from, to }: StateChange): StateChange => ({ path, from: to, to: from });

/**
 * The changes of a turn as its goal sees them: required is what did not hold yet where the ground truth stood; what held for the
 * model and was broken is collateral, though the goal names its path.
 */
export function goalChanges(
  { goal, before, truthBefore, after }: Pick<TurnAssessment, "goal" | "before" | "truthBefore" | "after">,
  environment: Environment,
) {
  const { reach, verdict } = goal!;
  const required: StateChange[] = [];
  const achieved: StateChange[] = [];
  const collateral = verdict.collateral.map(undone);
  const unmet: StateChange[] = [];
  const heldIn = (state: object, condition: Condition) => holds(condition, environment, { state, executions: [] });
  for (const condition of reach) {
    const wanted = stateOf(condition);
    if (!wanted) continue;
    const isMissed = verdict.missed.includes(condition);
    const isRequired = !heldIn(truthBefore, condition);
    if (isRequired) {
      const change = changeTo(wanted, environment, truthBefore);
      required.push(change);
      if (!isMissed) achieved.push(change);
    }
    if (isMissed)
      (isRequired || !heldIn(before, condition) ? unmet : collateral).push(changeTo(wanted, environment, after));
  }
  return { required, achieved, collateral, unmet };
}
