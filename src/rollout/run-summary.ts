import { type Group, groupsOf, meanOf, scoreOf } from "../grading/group.ts";
import type { Trace } from "./trace.ts";

/** What a group of episodes adds up to; accuracy and progress are shares from 0 to 1, steps and calls means an episode. */
export interface RunSummary {
  readonly group: string;
  readonly episodes: number;
  readonly accuracy: number;
  readonly progress: number;
  readonly steps: number;
  readonly calls: number;
  /** Episodes that ended so for a reason outside of the model; they count as failed. */
  readonly aborted: number;
}

/** One summary a category, in order of appearance, and one of all unless there is just one category. */
export function summarizeRun(traces: readonly Trace[]): RunSummary[] {
  return groupsOf(traces).map(summaryOf);
}

function summaryOf({ group, entries }: Group<Trace>): RunSummary {
  return {
    group,
    episodes: entries.length,
    ...scoreOf(entries),
    steps: meanOf(entries, ({ turns }) => turns.reduce((sum, { steps }) => sum + steps.length, 0)),
    calls: meanOf(entries, ({ turns }) =>
      turns.flatMap(({ steps }) => steps).reduce((sum, { calls }) => sum + calls.length, 0),
    ),
    aborted: entries.filter(({ ended }) => ended === "aborted").length,
  };
}
