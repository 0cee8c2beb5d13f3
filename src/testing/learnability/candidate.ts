import type { TaskCall } from "../../task/task.ts";

/** A message that the policy may choose: one call, or the end of the turn. */
export type Candidate =
  | { readonly call: TaskCall; readonly key: string }
  | { readonly call: undefined; readonly key: "" };

export const endOfTurn: Candidate = { call: undefined, key: "" };

export const candidateOf = (call: TaskCall): Candidate => ({ call, key: callKey(call) });

/** Equal for calls that are written alike. */
export const callKey = ({ tool, args }: TaskCall): string => `${tool} ${JSON.stringify(args)}`;
