import { z } from "zod";
import type { Band } from "./stage.ts";

/** What a task's rollouts earned: how many there were, and mean and (population) variance of their rewards. */
export const TaskStatistic = z.strictObject({
  count: z.int().positive(),
  mean: z.number(),
  variance: z.number().nonnegative(),
});
export type TaskStatistic = z.output<typeof TaskStatistic>;

/** By task id; a task without rollouts is not in it. */
export const TaskStatistics = z.record(z.string(), TaskStatistic);
export type TaskStatistics = Readonly<Record<string, TaskStatistic>>;

/** A rollout's reward, by the task it was of. */
export interface TaskReward {
  readonly task: string;
  readonly reward: number;
}

/** Up to so many rollouts all count the same; beyond, the latest count most, since the policy changes. */
const statisticMemory = 64;

/** The statistics with more rollouts in them. */
export function withRewards(statistics: TaskStatistics, rewards: readonly TaskReward[]): TaskStatistics {
  const next = new Map(Object.entries(statistics));
  for (const { task, reward } of rewards) {
    if (!Number.isFinite(reward)) throw new Error(`the reward of a rollout of '${task}' is ${reward}; give a number`);
    const { count, mean, variance } = next.get(task) ?? { count: 0, mean: 0, variance: 0 };
    // With a share of 1/count this is Welford's recurrence; a share that stays the same forgets old rollouts.
    const share = 1 / Math.min(count + 1, statisticMemory);
    const distance = reward - mean;
    next.set(task, {
      count: count + 1,
      mean: mean + share * distance,
      variance: (1 - share) * (variance + share * distance ** 2),
    });
  }
  return Object.fromEntries(next);
}

/** Whether a task's mean reward lies in the band. */
export const isInBand = ({ mean }: TaskStatistic, { low, high }: Band): boolean => mean >= low && mean <= high;
