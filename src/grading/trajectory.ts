import type { Call } from "../core/call.ts";

/** One call as the model made it: structured, or a text still to be read (BFCL's wire form). */
export type ModelCall = Call | string;
/** The calls of one model message. */
export type StepCalls = readonly ModelCall[];
/** What a model did in an episode: turn, step, call. A turn that was answered without a call has no steps. */
export type Trajectory = readonly (readonly StepCalls[])[];
