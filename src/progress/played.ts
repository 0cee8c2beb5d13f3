import type { ModelCall } from "../grading/trajectory.ts";

/** What rewards read of an episode, live or recorded. */
export interface PlayedEpisode {
  readonly turns: readonly (readonly PlayedStep[])[];
  /** Undefined while it is being played: its last turn is judged as not ended yet. */
  readonly ended: "completed" | "stepLimit" | "tokenLimit" | "aborted" | undefined;
}

/** One message of the model and what came of it. */
export interface PlayedStep {
  readonly calls: readonly ModelCall[];
  readonly results: readonly PlayedResult[];
  /** Why the message could not be read. */
  readonly unreadable?: string | undefined;
  /** Set where the calls were read, but not executed. */
  readonly notExecuted?: true | undefined;
  /** Whose fault an unreadable message is, where it is not the model's. */
  readonly fault?: "harness" | "task" | undefined;
}

export interface PlayedResult {
  readonly text: string;
  /** The code of the failure, where the call failed. */
  readonly failure?: string | undefined;
  readonly fault?: "harness" | "task" | undefined;
}

/** The rules under which an episode was played, as far as a reward depends on them. */
export interface PlayRules {
  /** Attempts that a turn may take. */
  readonly stepLimit: number;
  readonly startOfTurn: "modelState" | "groundTruthState";
}
