import type { Reward } from "./reward.ts";
import { mixture } from "./rewards/mixture.ts";
import { progressReward } from "./rewards/progress.ts";
import { stateProgressReward } from "./rewards/state-progress.ts";
import { formatReward, syntaxReward } from "./rewards/syntax.ts";
import { toolrlReward } from "./rewards/toolrl.ts";
import { bfclReward, binaryReward } from "./rewards/verdict.ts";

/** The rewards by the names that options and stages use. */
export const rewards = {
  syntax: syntaxReward,
  progress: progressReward,
  bfcl: bfclReward,
  binary: binaryReward,
  toolrl: toolrlReward,
  stateProgress: stateProgressReward,
  format: formatReward,
} satisfies Readonly<Record<string, Reward>>;
export type RewardName = keyof typeof rewards;

/** The reward that a text names: one of `rewards`, or a sum of weighted ones as in `0.9*progress+0.1*format`. Throws on any other. */
export function rewardOf(spec: string): Reward {
  const weighted = spec.split("+").map((term) => {
    const match = /^\s*(?:(-?\d+(?:\.\d+)?)\s*\*\s*)?([A-Za-z]+)\s*$/.exec(term);
    const name = match?.[2] ?? "";
    if (!match || !Object.hasOwn(rewards, name))
      throw new Error(
        `'${term.trim()}' is no reward; there are ${Object.keys(rewards).join(", ")}, and sums such as 0.9*progress+0.1*format`,
      );
    return { weight: match[1] === undefined ? 1 : Number(match[1]), reward: rewards[name as RewardName] };
  });
  const [only] = weighted;
  return weighted.length === 1 && only!.weight === 1 ? only!.reward : mixture(weighted);
}
