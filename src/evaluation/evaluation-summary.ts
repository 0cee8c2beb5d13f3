import { groupsOf, meanOf, scoreOf } from "../grading/group.ts";
import { clusterInterval, type Interval } from "../grading/interval.ts";
import { type Conduct, conductOf } from "../rollout/conduct.ts";
import type { EpisodeSummary } from "../rollout/episode-summary.ts";
import { drawsOf, passAtK, passHatK } from "./estimators.ts";

/** How a model does on the tasks of a category, or on all. Accuracy, progress and passes are shares from 0 to 1. */
export interface EvaluationSummary extends Conduct {
  readonly group: string;
  readonly tasks: number;
  readonly episodes: number;
  readonly accuracy: number;
  /** Of the accuracy, 95%, by bootstrap over families; absent with fewer than two families. */
  readonly interval?: Interval;
  readonly progress: number;
  /** By k, the powers of two below the number of samples, and that number; over the tasks that have all samples, empty with none. */
  readonly passAtK: Readonly<Record<string, number>>;
  readonly passHatK: Readonly<Record<string, number>>;
  /** Messages of the model an episode, and calls in them. */
  readonly steps: number;
  readonly calls: number;
  /** Episodes that ended so for a reason outside of the model; they count as failed. */
  readonly aborted: number;
  /** Messages that the server cut off at a limit of tokens. */
  readonly cutMessages: number;
}

/** One summary a category, in order of appearance, and one of all unless there is just one category. */
export function summarizeEvaluation(episodes: readonly EpisodeSummary[], samples: number): EvaluationSummary[] {
  return groupsOf(episodes).map(({ group, entries }) => {
    const counts = rightByTask(entries);
    const whole = counts.filter(({ n }) => n === samples);
    const interval = clusterInterval(
      entries.map(({ family, grade }) => ({ cluster: family, value: grade.valid ? 1 : 0 })),
    );
    const draws = whole.length === 0 ? [] : drawsOf(samples);
    const pass = (estimate: typeof passAtK) =>
      Object.fromEntries(draws.map((k) => [k, meanOf(whole, ({ n, c }) => estimate(n, c, k))]));
    return {
      group,
      tasks: counts.length,
      episodes: entries.length,
      ...scoreOf(entries),
      ...(interval ? { interval } : {}),
      ...{ passAtK: pass(passAtK), passHatK: pass(passHatK) },
      ...conductOf(entries),
      steps: meanOf(entries, ({ steps }) => steps),
      calls: meanOf(entries, ({ calls }) => calls),
      aborted: entries.filter(({ ended }) => ended === "aborted").length,
      cutMessages: entries.reduce((sum, { cutMessages }) => sum + cutMessages, 0),
    };
  });
}

/** Of each task, its samples and the right ones among them. */
function rightByTask(episodes: readonly EpisodeSummary[]): { readonly n: number; readonly c: number }[] {
  const tasks = new Map<string, { n: number; c: number }>();
  for (const { id, grade } of episodes) {
    const known = tasks.get(id) ?? { n: 0, c: 0 };
    tasks.set(id, { n: known.n + 1, c: known.c + (grade.valid ? 1 : 0) });
  }
  return [...tasks.values()];
}
