import type { Call } from "../core/call.ts";
import type { History, PastCall } from "../feedback/history.ts";
import type { ModelCall } from "../grading/trajectory.ts";
import { readCall } from "../python/execute.ts";
import type { CallResult, EpisodeStep } from "./transcript.ts";

/** The executed calls of an episode, as hints look back on them: those of earlier steps, then those of the step in progress. */
export function callHistory(
  turns: readonly (readonly EpisodeStep[])[],
  made: readonly ModelCall[],
  results: readonly CallResult[],
): History {
  const past: Omit<PastCall, "age">[] = [];
  const add = (calls: readonly ModelCall[], outcomes: readonly CallResult[]) => {
    for (const [index, { text, failure }] of outcomes.entries()) {
      const call = callOf(calls[index]!);
      if (call) past.push({ call, text, ...(failure === undefined ? {} : { failure }) });
    }
  };
  for (const steps of turns) for (const step of steps) if (!step.notExecuted) add(step.calls, step.results);
  add(made, results);
  return past.map((call, index) => ({ ...call, age: past.length - index }));
}

/** The call as it is read; undefined where its text cannot be. */
export function callOf(call: ModelCall): Call | undefined {
  if (typeof call !== "string") return call;
  const read = readCall(call, "verbatim");
  return "ok" in read ? undefined : read;
}
