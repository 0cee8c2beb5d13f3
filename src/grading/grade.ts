import { hiddenIn } from "../task/held-out.ts";
import { conditionText } from "./condition.ts";
import { type Execution, executeModelCall } from "./execution.ts";
import { type GoalVerdict, judgeGoal } from "./goal.ts";
import type { GroundTruth } from "./ground-truth.ts";
import { missingTexts } from "./missing-texts.ts";
import type { Profile } from "./profile.ts";
import { changeText } from "./state-change.ts";
import type { Trajectory } from "./trajectory.ts";

/** Why a trajectory fails, in the reference's names; those it does not have start with `envtune:`. */
export type ErrorType =
  | "multi_turn:inference_error"
  | "multi_turn:force_terminated"
  | "multi_turn:empty_turn_model_response"
  | "multi_turn:instance_state_mismatch"
  | "multi_turn:execution_response_mismatch"
  | "multi_turn:irrelevance_error:decoder_success"
  | "envtune:minefield"
  | "envtune:collateral"
  | "envtune:goal_missed"
  | "envtune:excluded_tool"
  | "envtune:step_limit";

export interface GradeFailure {
  readonly type: ErrorType;
  readonly message: string;
  /** The turn, counted from 0; undefined where the trajectory as a whole is at fault. */
  readonly turn?: number;
  /** The environment and the attributes that differ, for a state mismatch. */
  readonly environment?: string;
  readonly differences?: readonly string[];
  /** The ground truth's results that never appeared, for a response mismatch. */
  readonly missing?: readonly string[];
}

export interface TurnGrade {
  /** Whether the state after the turn is the ground truth's, or one that the turn's goal takes. */
  readonly state: boolean;
  /** Whether all results of the turn's ground truth have appeared by its end, or all calls of its goal. */
  readonly response: boolean;
  /** Both, or for a turn without ground truth: nothing was called. */
  readonly passed: boolean;
}

export interface Grade {
  readonly valid: boolean;
  /** The first failure; undefined where the trajectory is valid. */
  readonly failure?: GradeFailure;
  /** Every turn judged on its own, whether or not an earlier one failed. */
  readonly turns: readonly TurnGrade[];
  /** The share of turns passed, from 0 to 1. */
  readonly progress: number;
  /** Calls that envtune turned down: unreadable, or of a type that no tool takes. */
  readonly refusals: number;
}

/**
 * Judges a trajectory as BFCL's checker does: after each turn that has a ground truth, the model must have called something,
 * the public states must be equal, and every result of the ground truth must have appeared in this turn or an earlier one.
 * A turn with a goal is judged by that instead.
 * With more or fewer turns than the task's it is force-terminated; those that were played are judged all the same. `unexecuted`
 * are turns in which calls were made that training rules did not execute: the trajectory does not show them.
 */
export function grade(
  truth: GroundTruth,
  trajectory: Trajectory,
  profile: Profile,
  unexecuted: ReadonlySet<number> = none,
): Grade {
  const { task, environment } = truth;
  let state = truth.initial;
  let failure: GradeFailure | undefined =
    trajectory.length === task.turns.length ? undefined : terminated(task.turns.length, trajectory.length);
  let refusals = 0;
  let hidden: ReadonlySet<string> = new Set();
  const seen: string[] = [];
  const executed: Execution[] = [];
  const turns = task.turns.map((turn, index): TurnGrade => {
    const steps = trajectory[index];
    if (!steps) return unplayed;
    // As in the reference, two steps without a call are not the same as none; decoding a result drops such steps.
    const called = steps.length > 1 || (steps[0]?.length ?? 0) > 0;
    if (profile.hidesHeldOutTools) hidden = hiddenIn(turn, hidden);
    const before = state;
    const earlier = executed.length;
    for (const calls of steps)
      for (const call of calls) {
        const execution = executeModelCall(environment, state, call, profile, hidden);
        state = execution.state;
        seen.push(execution.text);
        executed.push(execution);
        if (execution.refused) refusals++;
        if (profile.heedsExcludedTools && execution.tool !== undefined && task.excluded?.includes(execution.tool))
          failure ??= excludedTool(execution.tool, index);
      }
    if (profile.stepLimit !== undefined && steps.filter((calls) => calls.length > 0).length > profile.stepLimit)
      failure ??= stepLimit(profile.stepLimit, index);
    if (turn.groundTruth.length === 0) {
      const passed = !called && !unexecuted.has(index);
      if (!passed && profile.checksIrrelevance) failure ??= irrelevance(index);
      return { state: passed, response: passed, passed };
    }
    if (turn.goal) {
      const made = { executions: executed.slice(earlier), earlier: executed.slice(0, earlier) };
      const verdict = judgeGoal(turn.goal, environment, { before, after: state, ...made });
      if (!called) failure ??= emptyTurn(index);
      failure ??= goalFailure(verdict, index);
      const { state: right, response } = verdict;
      return { state: right, response, passed: called && right && response };
    }
    const expected = truth.turns[index]!;
    const mismatch = stateMismatch(truth, state, expected.state, index);
    const missing = missingTexts(expected.texts, seen);
    if (!called) failure ??= emptyTurn(index);
    failure ??= mismatch;
    if (missing.length > 0) failure ??= responseMismatch(missing, index);
    const grade = { state: mismatch === undefined, response: missing.length === 0 };
    return { ...grade, passed: called && grade.state && grade.response };
  });
  const progress = turns.filter(({ passed }) => passed).length / turns.length;
  return { valid: failure === undefined, ...(failure ? { failure } : {}), turns, progress, refusals };
}

const none: ReadonlySet<number> = new Set();
const unplayed: TurnGrade = { state: false, response: false, passed: false };

/** The grade of an episode whose result is no trajectory at all. */
export function inferenceError(turns: number, message: string): Grade {
  const failure: GradeFailure = { type: "multi_turn:inference_error", message };
  return { valid: false, failure, turns: Array.from({ length: turns }, () => unplayed), progress: 0, refusals: 0 };
}

function terminated(expected: number, actual: number): GradeFailure {
  const message = `The model answered ${actual} of ${expected} turns; it was force-terminated.`;
  return { type: "multi_turn:force_terminated", message };
}

/** The first environment whose public attributes differ. */
function stateMismatch(truth: GroundTruth, actual: object, expected: object, turn: number): GradeFailure | undefined {
  if (actual === expected) return undefined;
  const { parts } = truth.environment;
  for (const name in parts) {
    const differences = parts[name]!.differences((actual as Parts)[name], (expected as Parts)[name]);
    if (differences.length > 0)
      return {
        type: "multi_turn:instance_state_mismatch",
        message: `Turn ${turn}: the state of ${name} differs from the ground truth's in ${differences.join(", ")}.`,
        turn,
        environment: name,
        differences,
      };
  }
  return undefined;
}
type Parts = Readonly<Record<string, unknown>>;

/** The worst first: what must not happen, what should not have changed, what is left undone. */
function goalFailure({ steppedOn, collateral, missed }: GoalVerdict, turn: number): GradeFailure | undefined {
  const failed = (type: ErrorType, what: string): GradeFailure => ({ type, message: `Turn ${turn}: ${what}.`, turn });
  if (steppedOn.length > 0) return failed("envtune:minefield", `this must not be: ${conditionText(steppedOn[0]!)}`);
  if (collateral.length > 0)
    return failed("envtune:collateral", `this should not have changed: ${changeText(collateral[0]!)}`);
  return missed.length > 0
    ? failed("envtune:goal_missed", `this was not reached: ${conditionText(missed[0]!)}`)
    : undefined;
}

const emptyTurn = (turn: number): GradeFailure => ({
  type: "multi_turn:empty_turn_model_response",
  message: `Turn ${turn}: the model called nothing.`,
  turn,
});
const responseMismatch = (missing: readonly string[], turn: number): GradeFailure => ({
  type: "multi_turn:execution_response_mismatch",
  message: `Turn ${turn}: ${missing.length} result${missing.length === 1 ? "" : "s"} of the ground truth never appeared.`,
  turn,
  missing,
});
const irrelevance = (turn: number): GradeFailure => ({
  type: "multi_turn:irrelevance_error:decoder_success",
  message: `Turn ${turn}: the model called a tool where the right answer was to call none.`,
  turn,
});
const excludedTool = (tool: string, turn: number): GradeFailure => ({
  type: "envtune:excluded_tool",
  message: `Turn ${turn}: the model called '${tool}', which the task excludes.`,
  turn,
});
const stepLimit = (limit: number, turn: number): GradeFailure => ({
  type: "envtune:step_limit",
  message: `Turn ${turn}: the model took more than ${limit} steps.`,
  turn,
});
