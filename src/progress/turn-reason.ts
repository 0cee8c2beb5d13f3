import type { StateChange } from "../grading/state-change.ts";

/** Why a turn can fail. The first of a turn's reasons is the one to look at. */
export const turnReasonCodes = [
  "notReached",
  "cutOff",
  "actedWhenItShouldNot",
  "stepLimit",
  "format",
  "calledNothing",
  "unknownTool",
  "invalidArguments",
  "failedPrecondition",
  "minefield",
  "wrongState",
  "goalMissed",
  "collateral",
  "missingOutput",
] as const;
export type TurnReasonCode = (typeof turnReasonCodes)[number];

/** One reason, for people and reports: it may quote the ground truth, so a model never reads it. */
export interface TurnReason {
  readonly code: TurnReasonCode;
  readonly message: string;
  /** The differences of a wrong state or of collateral: `from` is the model's, `to` the ground truth's. */
  readonly changes?: readonly StateChange[];
}
