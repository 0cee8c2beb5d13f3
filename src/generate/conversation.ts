import type { TaskCall } from "../task/task.ts";

/** An argument that a user leaves to the answer of an earlier call of the turn: the argument, and what it is called there. */
export interface Reference {
  readonly argument: string;
  readonly field: string;
  /** Whether it is the answer of the call just before. */
  readonly isLatest: boolean;
}

/** A call that was made and succeeded. */
export interface MadeCall {
  readonly call: TaskCall;
  readonly text: string;
  readonly value: unknown;
  readonly references: readonly Reference[];
  /** The state after it. */
  readonly after: object;
}

/** Calls grouped as a user would ask for them, and where they start. */
export interface Conversation {
  /** By environment, as in a task. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly turns: readonly (readonly MadeCall[])[];
}
