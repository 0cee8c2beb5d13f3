import type { Call } from "../core/call.ts";

/** One call as the model made it: structured, or a text still to be read (BFCL's wire form). */
export type ModelCall = Call | string;
/** The calls of one model message. */
export type StepCalls = readonly ModelCall[];
/** What a model did in an episode: turn, step, call. A turn that was answered without a call has no steps. */
export type Trajectory = readonly (readonly StepCalls[])[];

/** The record of an episode, turn by turn and message by message. */
export interface Recorded {
  readonly turns: readonly (readonly { readonly calls: StepCalls; readonly notExecuted?: true | undefined }[])[];
}

/** What a model did, out of the record of an episode: the calls that were executed. */
export function trajectoryOf({ turns }: Recorded): Trajectory {
  return turns.map((steps) =>
    steps.filter(({ calls, notExecuted }) => calls.length > 0 && !notExecuted).map(({ calls }): StepCalls => calls),
  );
}

/** The turns in which calls were made that were not executed. */
export const unexecutedTurns = ({ turns }: Recorded): ReadonlySet<number> =>
  new Set(turns.flatMap((steps, index) => (steps.some(({ notExecuted }) => notExecuted) ? [index] : [])));
