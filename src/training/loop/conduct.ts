import type { Trace } from "../../rollout/trace.ts";

/** How messages and calls went, whatever they achieved. */
export interface Conduct {
  /** Share of the model's messages that could not be read. */
  readonly formatErrors: number;
  readonly failedCallsPerTurn: number;
}

export function conductOf(traces: readonly Pick<Trace, "turns">[]): Conduct {
  const turns = traces.flatMap((trace) => trace.turns);
  const steps = turns.flatMap((turn) => turn.steps);
  const unread = steps.filter(({ unreadable }) => unreadable !== undefined).length;
  const failed = steps.flatMap(({ results }) => results).filter(({ failure }) => failure !== undefined).length;
  return { formatErrors: ratio(unread, steps.length), failedCallsPerTurn: ratio(failed, turns.length) };
}

/** 0 where there is nothing to divide by. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
