import type { Call } from "../core/call.ts";
import type { History, PastCall } from "../feedback/history.ts";
import type { ModelCall } from "../grading/trajectory.ts";
import { readCall } from "../python/execute.ts";
import type { CallResult, EpisodeStep } from "./transcript.ts";

/** Calls that hints look back on at most; every failed call of a message looks anew. */
const lookBack = 256;

/** The latest executed calls of an episode, as hints look back on them: those of earlier steps, then those of the step in progress. */
export function callHistory(
  turns: readonly (readonly EpisodeStep[])[],
  made: readonly ModelCall[],
  results: readonly CallResult[],
): History {
  const latestFirst: PastCall[] = [];
  const add = (calls: readonly ModelCall[], outcomes: readonly CallResult[]) => {
    for (let index = outcomes.length - 1; index >= 0 && latestFirst.length < lookBack; index--) {
      const { text, failure } = outcomes[index]!;
      const call = callOf(calls[index]!);
      const age = latestFirst.length + 1;
      if (call) latestFirst.push({ call, text, ...(failure === undefined ? {} : { failure }), age });
    }
  };
  add(made, results);
  for (let turn = turns.length - 1; turn >= 0; turn--)
    for (let step = turns[turn]!.length - 1; step >= 0 && latestFirst.length < lookBack; step--) {
      const { calls, results: told, notExecuted } = turns[turn]![step]!;
      if (!notExecuted) add(calls, told);
    }
  return latestFirst.reverse();
}

/** The call as it is read; undefined where its text cannot be. */
export function callOf(call: ModelCall): Call | undefined {
  if (typeof call !== "string") return call;
  const read = readCall(call, "verbatim");
  return "ok" in read ? undefined : read;
}
