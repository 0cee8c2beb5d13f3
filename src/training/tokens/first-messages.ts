import { observe, startEpisode } from "../../episode/episode.ts";
import type { EpisodeSetting } from "../../episode/setting.ts";
import type { SampledSequence } from "../sampler.ts";
import { tokenConversation } from "./token-conversation.ts";
import { messageRequest, type SamplingOptions } from "./token-rollout.ts";

/**
 * Samples the first messages of a group of episodes, which share their first prompt, with one request: a `firstMessage` for each
 * rollout. They are undefined where the prompt leaves no room, which the rollouts find out themselves.
 */
export function sampleFirstMessages(
  options: SamplingOptions & { readonly signal?: AbortSignal },
  setting: EpisodeSetting,
  samples: number,
): (Promise<SampledSequence> | undefined)[] {
  const { sampler, format, signal } = options;
  const promptTokens = tokenConversation(format, "kept").prompt(observe(setting, startEpisode(setting)));
  const request = messageRequest(
    options,
    promptTokens,
    promptTokens.length,
    JSON.stringify([setting.task.id, "first"]),
  );
  if (!request) return Array.from({ length: samples }, () => undefined);
  const sampled = sampler.sample({ ...request, samples, ...(signal ? { signal } : {}) });
  return Array.from({ length: samples }, (_, index) => {
    const one = sampled.then((sequences) => {
      if (sequences.length === samples) return sequences[index]!;
      throw new Error(`the sampler was asked for ${samples} sequences and gave ${sequences.length}`);
    });
    // A rollout may end before it asks for its message.
    one.catch(() => {});
    return one;
  });
}
