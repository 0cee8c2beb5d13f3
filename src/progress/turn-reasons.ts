import { callFailureCodes } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import { conditionText } from "../grading/condition.ts";
import type { Execution } from "../grading/execution.ts";
import { changeText, type StateChange } from "../grading/state-change.ts";
import type { Condition } from "../task/goal.ts";
import type { PlayRules } from "./played.ts";
import type { TurnAssessment } from "./turn-assessment.ts";
import { turnChanges } from "./turn-changes.ts";
import type { TurnReason, TurnReasonCode } from "./turn-reason.ts";

type Judged = Omit<TurnAssessment, "reasons">;

/** Why a turn failed; none where it passed. */
export function turnReasons(turn: Judged, environment: Environment, { stepLimit }: PlayRules): TurnReason[] {
  if (turn.score === 1) return [];
  if (turn.steps.length === 0 && !turn.ended)
    return [{ code: "notReached", message: "The episode was over before this turn." }];
  const reasons: TurnReason[] = [];
  if (!turn.ended && !turn.forced) reasons.push({ code: "cutOff", message: "The episode was cut off in this turn." });
  if (!turn.needsCalls && turn.acted)
    reasons.push({
      code: "actedWhenItShouldNot",
      message: "Something was called where a tool or a value is missing, and the right answer is to say so or to ask.",
    });
  if (turn.forced)
    reasons.push({ code: "stepLimit", message: `More than ${stepLimit} messages called something or tried to.` });
  if (!turn.needsCalls) return reasons;
  const unreadable = turn.steps.flatMap((step) => (step.unreadable === undefined ? [] : [step.unreadable]));
  if (turn.executions.length === 0) {
    if (unreadable.length > 0)
      reasons.push({ code: "format", message: `No message with calls could be read: ${unreadable[0]}` });
    else if (turn.ended) reasons.push({ code: "calledNothing", message: "The turn needed calls, and none was made." });
  }
  reasons.push(...unrepaired(turn.executions), ...shortcomings(turn, environment));
  return reasons;
}

/** Failed calls of tools that did not succeed later in the turn: the last of each. */
function unrepaired(executions: readonly Execution[]): TurnReason[] {
  const last = new Map<string, Execution>();
  for (const execution of executions) last.set(execution.tool ?? "", execution);
  return [...last.values()].flatMap(({ outcome, tool }): TurnReason[] => {
    if (outcome.ok) return [];
    const message = `${tool === undefined ? "a text that is no call" : `'${tool}'`} failed: ${outcome.error.message}`;
    return [{ code: failureReason(outcome.error.code), message }];
  });
}

function failureReason(code: string): TurnReasonCode {
  if (code === "malformedCall") return "format";
  if (code === "unknownTool" || code === "blockedName") return "unknownTool";
  return (callFailureCodes as readonly string[]).includes(code) ? "invalidArguments" : "failedPrecondition";
}

/** What the end of the turn lacks. */
function shortcomings(turn: Judged, environment: Environment): TurnReason[] {
  const { unmet, collateral } = turnChanges(environment, turn);
  const reasons: TurnReason[] = [];
  const { steppedOn = [], missed = [] } = turn.goal?.verdict ?? {};
  if (steppedOn.length > 0)
    reasons.push({ code: "minefield", message: `What must not be came to be: ${conditionsOf(steppedOn)}` });
  if (missed.length > 0)
    reasons.push({
      code: "goalMissed",
      message: `Not reached: ${conditionsOf(missed)}`,
      ...(unmet.length > 0 ? { changes: unmet } : {}),
    });
  else if (unmet.length > 0)
    reasons.push({ code: "wrongState", message: `Not as it should be: ${listOf(unmet)}`, changes: unmet });
  if (collateral.length > 0)
    reasons.push({
      code: "collateral",
      message: `Changed, and should not have been: ${listOf(collateral)}`,
      changes: collateral,
    });
  const { missing } = turn;
  if (missing.length > 0 && !turn.goal)
    reasons.push({
      code: "missingOutput",
      message: `${missing.length} of ${turn.expected.length} results never appeared: ${cut(missing[0]!, 200)}`,
    });
  return reasons;
}

const mostShown = 5;

const conditionsOf = (conditions: readonly Condition[]): string =>
  conditions.slice(0, mostShown).map(conditionText).join("; ");

function listOf(changes: readonly StateChange[]): string {
  const shown = changes.slice(0, mostShown).map(changeText).join("; ");
  return changes.length > mostShown ? `${shown}; and ${changes.length - mostShown} more` : shown;
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);
