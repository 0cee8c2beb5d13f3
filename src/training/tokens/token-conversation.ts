import type { AssistantMessage, ChatMessage } from "../../episode/message.ts";
import type { Observation } from "../../episode/renderer.ts";
import { DataError } from "../../task/problem.ts";
import type { SampledSequence } from "../sampler.ts";
import type { ChatFormat } from "./chat-format.ts";
import type { TokenEpisode } from "./token-episode.ts";

/**
 * What becomes of a model's earlier messages in later prompts: they stay as they were sampled, whatever the template would make of
 * them, or they become what the template makes of them, which may drop thoughts.
 */
export type ThoughtHistory = "kept" | "template";

/** A conversation as ids: each prompt is all earlier ids and those of the new messages, until the template takes something back. */
export interface TokenConversation {
  /** The ids from which the model is to go on. */
  prompt(observation: Observation): readonly number[];
  /** The thought that the last prompt opened for the model, as some templates do: `<think>` and white space, or nothing. */
  openThought(): string;
  /** Takes what the model said to the last prompt, and reads it as a message. */
  say(sampled: Pick<SampledSequence, "tokens" | "logprobs">): AssistantMessage;
  episode(): TokenEpisode;
}

interface Segment {
  tokens: number[];
  actions: boolean[];
  logprobs: number[];
}

/** The prompt that waits for the model's message: what it adds to a segment, or starts a new one with. */
interface Waiting {
  readonly messages: readonly ChatMessage[];
  readonly text: string;
  readonly added: readonly number[];
  readonly segment: Segment;
}

export function tokenConversation(format: ChatFormat, thoughtHistory: ThoughtHistory): TokenConversation {
  const segments: Segment[] = [];
  let promptTokens: number | undefined;
  let sampledTokens = 0;
  let cutMessages = 0;
  /** Up to and with the model's last message; its end is in the text even where the message was cut. */
  let said: { readonly messages: readonly ChatMessage[]; readonly text: string; readonly cut: boolean } | undefined;
  let waiting: Waiting | undefined;

  const start = (messages: readonly ChatMessage[], text: string): Waiting => ({
    ...{ messages, text, added: format.encode(text) },
    segment: { tokens: [], actions: [], logprobs: [] },
  });
  const next = (messages: readonly ChatMessage[]): Waiting => {
    if (!said) return start(messages, format.render(messages));
    requireSameStart(said.messages, messages);
    const whole = thoughtHistory === "template" ? format.render(messages) : undefined;
    if (whole !== undefined && !whole.startsWith(said.text)) return start(messages, whole);
    const text = whole?.slice(said.text.length) ?? format.continuation(messages.slice(said.messages.length));
    // Encoded with the token before it, because some vocabularies begin a text otherwise than they go on.
    const added = format.encode(format.endOfMessage + text);
    return { messages, text: said.text + text, added: said.cut ? added : added.slice(1), segment: segments.at(-1)! };
  };
  return {
    prompt({ messages, tools }) {
      if (tools.length > 0)
        throw new DataError(
          "this renderer shows tools beside the messages; take one that writes them: hermes, tagged or python",
        );
      waiting = next(messages);
      const prompt = [...waiting.segment.tokens, ...waiting.added];
      promptTokens ??= prompt.length;
      return prompt;
    },
    openThought: () => openThoughtOf(waiting?.text ?? ""),
    say({ tokens, logprobs }) {
      if (!waiting) throw new Error("a message came before there was a prompt for it");
      if (tokens.length !== logprobs.length)
        throw new Error(
          `${tokens.length} tokens were sampled, but ${logprobs.length} log-probabilities came with them`,
        );
      const { messages, text, added, segment } = waiting;
      const cut = !format.stopTokens.includes(tokens.at(-1) ?? -1);
      const spoken = format.decode(cut ? tokens : tokens.slice(0, -1));
      const content = openThoughtOf(text) + spoken;
      if (segment !== segments.at(-1)) segments.push(segment);
      append(segment, added, false);
      append(segment, tokens, true, logprobs);
      sampledTokens += tokens.length;
      if (cut) cutMessages++;
      said = {
        messages: [...messages, { role: "assistant", content }],
        text: text + format.literally(spoken) + format.endOfMessage,
        cut,
      };
      waiting = undefined;
      const length = segment.tokens.length;
      return { role: "assistant", content, tokens: length, ...(cut ? { cut } : {}), raw: true };
    },
    episode: () => ({ segments, promptTokens: promptTokens ?? 0, sampledTokens, cutMessages }),
  };
}

const openThoughtOf = (prompt: string): string => /<think>\s*$/.exec(prompt)?.[0] ?? "";

function append(segment: Segment, tokens: readonly number[], action: boolean, logprobs?: readonly number[]): void {
  for (const [index, token] of tokens.entries()) {
    segment.tokens.push(token);
    segment.actions.push(action);
    segment.logprobs.push(logprobs?.[index] ?? 0);
  }
}

function requireSameStart(earlier: readonly ChatMessage[], now: readonly ChatMessage[]): void {
  const other = earlier.findIndex(
    ({ role, content }, index) => now[index]?.role !== role || now[index].content !== content,
  );
  if (other >= 0) throw new Error(`message ${other} of this observation is not what it was in the one before`);
  if (now.length === earlier.length) throw new Error("this observation holds nothing new since the model spoke");
}
