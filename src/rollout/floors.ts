import { playedOf } from "../episode/episode.ts";
import type { EpisodeSetting } from "../episode/setting.ts";
import { type Abstention, abstentionOf, sumOfAbstentions } from "../progress/abstention.ts";
import { assess } from "../progress/assess.ts";
import type { Reward } from "../progress/reward.ts";
import { playEpisode } from "./play.ts";
import type { Policy } from "./policy.ts";

/** What one policy earns on a set of tasks. */
export interface PolicyEarnings {
  readonly policy: string;
  readonly episodes: number;
  /** The mean of each reward, by its name. */
  readonly rewards: Readonly<Record<string, number>>;
  readonly abstention: Abstention;
}

/**
 * Plays every task with a policy and takes the mean of each reward. What policies earn that know nothing of the task is the floor
 * of a reward: a model that stays below it has learnt less than nothing.
 */
export async function earningsOf(
  policy: Policy,
  settings: Iterable<EpisodeSetting>,
  rewards: readonly Reward[],
): Promise<PolicyEarnings> {
  const sums = rewards.map(() => 0);
  const abstentions: Abstention[] = [];
  for (const setting of settings) {
    const episode = await playEpisode(setting, policy);
    const assessed = assess(setting.truth, playedOf(episode), setting.profile, setting.rules);
    for (const [index, reward] of rewards.entries()) sums[index]! += reward.score(assessed).value;
    abstentions.push(abstentionOf(assessed.turns));
  }
  const episodes = abstentions.length;
  return {
    policy: policy.name,
    episodes,
    rewards: Object.fromEntries(rewards.map(({ name }, index) => [name, sums[index]! / Math.max(1, episodes)])),
    abstention: sumOfAbstentions(abstentions),
  };
}
