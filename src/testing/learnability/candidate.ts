import type { TaskCall } from "../../task/task.ts";

/** A message that the policy may choose: one call, or the end of the turn. */
export type Candidate =
  | { readonly call: TaskCall; readonly key: string }
  | { readonly call: undefined; readonly key: "" };

export const endOfTurn: Candidate = { call: undefined, key: "" };

export const candidateOf = (call: TaskCall): Candidate => ({ call, key: callKey(call) });

const keys = new WeakMap<TaskCall, string>();

/** Equal calls have equal keys. */
export function callKey(call: TaskCall): string {
  let key = keys.get(call);
  if (key === undefined) {
    const args = Object.keys(call.args).sort();
    key = JSON.stringify([call.tool, args, args.map((name) => call.args[name])]);
    keys.set(call, key);
  }
  return key;
}
