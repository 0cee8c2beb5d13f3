import { seededRandom } from "../../core/seeded-random.ts";
import { OutOfTokens } from "../../rollout/out-of-tokens.ts";
import { momentKey, type Policy } from "../../rollout/policy.ts";
import type { SampledSequence, SampleRequest, Sampler } from "../sampler.ts";
import type { ChatFormat } from "./chat-format.ts";
import { type ThoughtHistory, tokenConversation } from "./token-conversation.ts";
import type { TokenEpisode } from "./token-episode.ts";

/** How messages are sampled. */
export interface SamplingOptions {
  readonly sampler: Sampler;
  readonly format: ChatFormat;
  readonly temperature: number;
  /** The longest message, in tokens. */
  readonly messageTokens: number;
  /** Tokens of the whole conversation at most. */
  readonly contextTokens: number;
  /** Tokens that the conversation may add to its first prompt. */
  readonly responseTokens?: number;
  /** Each message's own seed comes of it and the message's place; none are sent unless given. */
  readonly seed?: number;
  /** The same for all requests of an episode. */
  readonly stickyKey: string;
}

export interface TokenRolloutOptions extends SamplingOptions {
  readonly thoughtHistory: ThoughtHistory;
  /** The answer to the first prompt, where it is sampled elsewhere; see `sampleFirstMessages`. */
  readonly firstMessage?: Promise<SampledSequence> | undefined;
}

/** One episode of a model that is sampled by token ids. */
export interface TokenRollout {
  /** For `playEpisode`, once. It throws `OutOfTokens` where the conversation leaves no room for a message. */
  readonly policy: Policy;
  /** What the episode was up to now. */
  episode(): TokenEpisode;
}

/**
 * Starts an episode in which ids are the truth: a prompt is all ids so far, as they were sent and sampled, and the ids of the new
 * messages alone. Only renderers that put everything into text can be used.
 */
export function startTokenRollout(options: TokenRolloutOptions): TokenRollout {
  const { sampler, format, thoughtHistory, firstMessage } = options;
  const conversation = tokenConversation(format, thoughtHistory);
  let first = true;
  const policy: Policy = {
    name: "sampler",
    async respond(moment) {
      const promptTokens = conversation.prompt(moment.observation);
      const request = messageRequest(options, promptTokens, conversation.firstPromptTokens(), momentKey(moment));
      if (!request) throw new OutOfTokens(`${promptTokens.length} tokens leave no room for another message`);
      const elsewhere = first ? firstMessage : undefined;
      first = false;
      const sampled =
        elsewhere === undefined
          ? onlyOne(await sampler.sample({ ...request, samples: 1, signal: moment.signal }))
          : await elsewhere;
      requireEnd(sampled, format);
      return conversation.say(sampled);
    },
  };
  return { policy, episode: conversation.episode };
}

/** The request for the next message; undefined where the prompt leaves no room for one. */
export function messageRequest(
  { format, temperature, messageTokens, contextTokens, responseTokens, seed, stickyKey }: SamplingOptions,
  promptTokens: readonly number[],
  firstPromptTokens: number,
  key: string,
): Omit<SampleRequest, "samples" | "signal"> | undefined {
  const response = firstPromptTokens + (responseTokens ?? Number.POSITIVE_INFINITY);
  const maxTokens = Math.min(messageTokens, contextTokens - promptTokens.length, response - promptTokens.length);
  if (maxTokens < 1) return undefined;
  return {
    ...{ promptTokens, maxTokens, temperature, stopTokens: format.stopTokens, stickyKey },
    ...(seed === undefined ? {} : { seed: seededRandom(JSON.stringify([seed, key])).below(2 ** 31) }),
  };
}

function onlyOne(sequences: readonly SampledSequence[]): SampledSequence {
  if (sequences.length !== 1) throw new Error(`the sampler was asked for one sequence and gave ${sequences.length}`);
  return sequences[0]!;
}

function requireEnd({ tokens, stopReason }: SampledSequence, { stopTokens }: ChatFormat): void {
  if (stopReason === "stop" && !stopTokens.includes(tokens.at(-1) ?? -1))
    throw new Error("the sampler gave a message that ended without the token that ended it");
}
