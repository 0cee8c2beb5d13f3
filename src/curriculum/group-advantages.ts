import { mean } from "./numbers.ts";

/** Added to a deviation before it divides, as GRPO's implementations do (verl, SkyRL). */
const epsilon = 1e-6;

/**
 * The advantages of the rollouts of one task: reward minus the group's mean, and, where asked for, divided by the group's
 * deviation. They sum to 0; those of a group that earned the same throughout are 0. Throws for fewer than two rewards and for
 * one that is not finite.
 */
export function groupAdvantages(
  rewards: readonly number[],
  { divideByDeviation }: { readonly divideByDeviation: boolean },
): number[] {
  const deviation = rewardDeviation(rewards);
  const middle = mean(rewards);
  const divisor = divideByDeviation ? deviation + epsilon : 1;
  return rewards.map((reward) => (reward - middle) / divisor);
}

/** The sample standard deviation (n - 1) of a group's rewards, as verl and SkyRL have it. Throws as `groupAdvantages` does. */
export function rewardDeviation(rewards: readonly number[]): number {
  if (rewards.length < 2)
    throw new Error(
      `a group needs two rewards to have advantages, this one has ${rewards.length}; leave it out, or sample more`,
    );
  const bad = rewards.findIndex((reward) => !Number.isFinite(reward));
  if (bad >= 0) throw new Error(`reward ${bad} of a group is ${rewards[bad]}; leave out rollouts without a reward`);
  const middle = mean(rewards);
  return Math.sqrt(rewards.reduce((sum, reward) => sum + (reward - middle) ** 2, 0) / (rewards.length - 1));
}
