import type { Execution } from "../grading/execution.ts";
import type { GoalVerdict } from "../grading/goal.ts";
import type { StateChange } from "../grading/state-change.ts";
import type { Goal } from "../task/goal.ts";
import type { PlayedStep } from "./played.ts";
import type { TurnReason } from "./turn-reason.ts";

/** One turn of an episode, judged by what was executed and never by what was rendered. Turns count from 0. */
export interface TurnAssessment {
  readonly turn: number;
  /** Whether the turn came to its end. An episode that was cut off leaves its last turn unended, and later ones unreached. */
  readonly ended: boolean;
  /** Whether it was ended for the model, after one attempt more than granted. */
  readonly forced: boolean;
  /** Whether the request needs calls. Where it does not, a tool or a value is missing, and any answer without a call is right. */
  readonly needsCalls: boolean;
  /** Whether anything was called, executed or not. */
  readonly acted: boolean;
  readonly steps: readonly PlayedStep[];
  /** The calls that were executed, in order, each with the state after it. */
  readonly executions: readonly Execution[];
  /** The model's state as the turn began, and as it ended. */
  readonly before: object;
  readonly after: object;
  /** The ground truth's states at the same two moments. */
  readonly truthBefore: object;
  readonly truthAfter: object;
  /** The turn's goal and how the turn stands to it, where it has one; it takes the place of the ground truth's state and results. */
  readonly goal?: Goal & { readonly verdict: GoalVerdict };
  /** What is different from the ground truth as the turn ends, or from what the goal takes; `from` is the model's, `to` the right one. */
  readonly differences: () => readonly StateChange[];
  /** The ground truth's results of this turn, or the calls of its goal in words, and those of them that never appeared. */
  readonly expected: readonly string[];
  readonly missing: readonly string[];
  /** 1 or 0: the state is the ground truth's, or one that the goal takes. */
  readonly state: number;
  /** 1 or 0: every result of the ground truth appeared, or every call of the goal was made. */
  readonly response: number;
  /** r_t of the paper's section on progress rewards: state times response, 0 where a turn that needs calls made none. */
  readonly score: number;
  /** Why the turn failed, the most telling reason first; empty where it did not. */
  readonly reasons: () => readonly TurnReason[];
}
