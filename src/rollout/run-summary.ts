import { groupsOf, meanOf, scoreOf } from "../grading/group.ts";
import { abstentionRates, sumOfAbstentions } from "../progress/abstention.ts";
import type { EpisodeSummary } from "./episode-summary.ts";

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
  /** Precision and recall of acting and abstaining over the turns that were ended; undefined where there is nothing to divide by. */
  readonly abstention: ReturnType<typeof abstentionRates>;
  /** The mean reward, where the run computes one. */
  readonly reward?: number;
}

/** One summary a category, in order of appearance, and one of all unless there is just one category. */
export function summarizeRun(episodes: readonly EpisodeSummary[]): RunSummary[] {
  return groupsOf(episodes).map(({ group, entries }) => ({
    group,
    episodes: entries.length,
    ...scoreOf(entries),
    steps: meanOf(entries, ({ steps }) => steps),
    calls: meanOf(entries, ({ calls }) => calls),
    aborted: entries.filter(({ ended }) => ended === "aborted").length,
    abstention: abstentionRates(sumOfAbstentions(entries.map(({ abstention }) => abstention))),
    ...(entries.some(({ reward }) => reward !== undefined)
      ? { reward: meanOf(entries, ({ reward = 0 }) => reward) }
      : {}),
  }));
}
