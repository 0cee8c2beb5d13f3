import type { Reward } from "../reward.ts";

/** The weighted sum of several rewards, such as 0.9 of progress and 0.1 of format, the paper's baseline for single-stage training. */
export function mixture(weighted: readonly { readonly weight: number; readonly reward: Reward }[]): Reward {
  const bound = (side: 0 | 1) =>
    weighted.reduce((sum, { weight, reward: { range } }) => sum + weight * range[weight < 0 ? 1 - side : side]!, 0);
  return {
    name: weighted.map(({ weight, reward }) => `${weight}*${reward.name}`).join("+"),
    range: [bound(0), bound(1)],
    score: (episode) => {
      const scored = weighted.map(({ weight, reward }) => ({ weight, name: reward.name, ...reward.score(episode) }));
      return {
        value: scored.reduce((sum, { weight, value }) => sum + weight * value, 0),
        parts: Object.fromEntries(scored.map(({ name, value }) => [name, value])),
      };
    },
  };
}
