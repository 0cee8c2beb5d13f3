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

/** One summary a category, in order of appearance, and one of all where there are several. */
export function summarizeRun(traces: readonly Trace[]): RunSummary[] {
  const categories = [...new Set(traces.map(({ category }) => category))];
  const groups = categories.map((category) =>
    summaryOf(
      category,
      traces.filter((trace) => trace.category === category),
    ),
  );
  return categories.length === 1 ? groups : [...groups, summaryOf("all", traces)];
}

function summaryOf(group: string, traces: readonly Trace[]): RunSummary {
  const mean = (of: (trace: Trace) => number) =>
    traces.length === 0 ? 0 : traces.reduce((sum, trace) => sum + of(trace), 0) / traces.length;
  return {
    group,
    episodes: traces.length,
    accuracy: mean(({ grade }) => (grade.valid ? 1 : 0)),
    progress: mean(({ grade }) => grade.progress),
    steps: mean(({ turns }) => turns.reduce((sum, { steps }) => sum + steps.length, 0)),
    calls: mean(({ turns }) => turns.flatMap(({ steps }) => steps).reduce((sum, { calls }) => sum + calls.length, 0)),
    aborted: traces.filter(({ ended }) => ended === "aborted").length,
  };
}
