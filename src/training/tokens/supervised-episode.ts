import type { EpisodeSetting } from "../../episode/setting.ts";
import { OutOfTokens } from "../../rollout/out-of-tokens.ts";
import { playEpisode } from "../../rollout/play.ts";
import type { Policy } from "../../rollout/policy.ts";
import type { ChatFormat } from "./chat-format.ts";
import { type ThoughtHistory, tokenConversation } from "./token-conversation.ts";
import type { TokenEpisode } from "./token-episode.ts";

export interface SupervisedOptions {
  readonly format: ChatFormat;
  readonly thoughtHistory: ThoughtHistory;
  /** Tokens of the whole conversation at most: the episode ends before the message that would be too long. */
  readonly contextTokens: number;
}

/**
 * An episode of a scripted policy, such as the ground truth's, as if its messages had been sampled: their tokens and the one that
 * ends each are the actions, with log-probabilities of 0.
 */
export async function supervisedEpisode(
  setting: EpisodeSetting,
  scripted: Policy,
  { format, thoughtHistory, contextTokens }: SupervisedOptions,
): Promise<TokenEpisode> {
  const conversation = tokenConversation(format, thoughtHistory);
  const policy: Policy = {
    name: scripted.name,
    async respond(moment) {
      const message = await scripted.respond(moment);
      const prompt = conversation.prompt(moment.observation);
      const content = conversation.openThought() === "" ? message.content! : withoutOpening(message.content!);
      const tokens = format.encode(format.literally(content) + format.endOfMessage);
      if (prompt.length + tokens.length > contextTokens) throw new OutOfTokens();
      return conversation.say({ tokens, logprobs: tokens.map(() => 0) });
    },
  };
  const { ending } = await playEpisode(setting, policy);
  if (ending?.why === "aborted") throw new Error(`${setting.task.id}: ${ending.reason}`);
  return conversation.episode();
}

/** What goes on from a thought that is open already: the message's own thought, or none. */
const withoutOpening = (content: string): string =>
  content.startsWith("<think>") ? content.slice("<think>".length) : `\n</think>\n\n${content}`;
