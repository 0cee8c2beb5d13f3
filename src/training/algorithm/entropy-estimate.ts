import type { TokenEpisode } from "../tokens/token-episode.ts";

/** The policy's entropy in nats a token, estimated as the mean of -logprob over sampled tokens; null where there are none. */
export function entropyEstimate(episodes: readonly TokenEpisode[]): number | null {
  let [sum, count] = [0, 0];
  for (const { segments } of episodes)
    for (const { actions, logprobs } of segments)
      for (const [at, isAction] of actions.entries())
        if (isAction) {
          sum -= logprobs[at]!;
          count += 1;
        }
  return count === 0 ? null : sum / count;
}
