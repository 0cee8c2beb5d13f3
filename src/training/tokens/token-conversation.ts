import type { AssistantMessage, ChatMessage } from "../../episode/message.ts";
import type { Observation } from "../../episode/renderer.ts";
import { DataError } from "../../task/problem.ts";
import type { SampledSequence } from "../sampler.ts";
import type { ChatFormat } from "./chat-format.ts";
import type { TokenEpisode, TokenSegment } from "./token-episode.ts";

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
  firstPromptTokens(): number;
  episode(): TokenEpisode;
}

/** A segment as it grows: stretches of prompts and messages, put together only when they are asked for. */
interface Segment {
  readonly parts: { readonly tokens: readonly number[]; readonly logprobs?: readonly number[] }[];
  length: number;
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
  /**
   * Up to and with the model's last message; its end is in the text even where the message was cut. The text is whole only where it
   * is compared with what the template makes of the conversation.
   */
  let said: { readonly messages: readonly ChatMessage[]; readonly text: string; readonly cut: boolean } | undefined;
  let waiting: Waiting | undefined;

  const start = (messages: readonly ChatMessage[], text: string): Waiting => ({
    ...{ messages, text, added: format.encode(text) },
    segment: { parts: [], length: 0 },
  });
  const next = (messages: readonly ChatMessage[]): Waiting => {
    if (!said) return start(messages, format.render(messages));
    requireSameStart(said.messages, messages);
    const whole = thoughtHistory === "template" ? format.render(messages) : undefined;
    if (whole !== undefined && !whole.startsWith(said.text)) return start(messages, whole);
    const text = whole?.slice(said.text.length) ?? format.continuation(messages.slice(said.messages.length));
    // Encoded with the token before it, because some vocabularies begin a text otherwise than they go on.
    const added = format.encode(format.endOfMessage + text);
    return {
      messages,
      text: (whole === undefined ? "" : said.text) + text,
      added: said.cut ? added : added.slice(1),
      segment: segments.at(-1)!,
    };
  };
  return {
    prompt({ messages, tools }) {
      if (tools.length > 0)
        throw new DataError(
          "this renderer shows tools beside the messages; take one that writes them: hermes, tagged or python",
        );
      waiting = next(messages);
      const { segment, added } = waiting;
      const prompt = ([] as number[]).concat(...segment.parts.map(({ tokens }) => tokens), added);
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
      segment.parts.push({ tokens: added }, { tokens, logprobs });
      segment.length += added.length + tokens.length;
      sampledTokens += tokens.length;
      if (cut) cutMessages++;
      said = {
        messages: [...messages, { role: "assistant", content }],
        text: thoughtHistory === "template" ? text + format.literally(spoken) + format.endOfMessage : "",
        cut,
      };
      waiting = undefined;
      return { role: "assistant", content, tokens: segment.length, ...(cut ? { cut } : {}), raw: true };
    },
    firstPromptTokens: () => promptTokens ?? 0,
    episode: () => ({
      segments: segments.map(wholeSegment),
      ...{ promptTokens: promptTokens ?? 0, sampledTokens, cutMessages },
    }),
  };
}

/** Only the end of a long text is looked at. */
const openThoughtOf = (prompt: string): string => /<think>\s*$/.exec(prompt.slice(-64))?.[0] ?? "";

function wholeSegment({ parts, length }: Segment): TokenSegment {
  const actions = Array<boolean>(length).fill(false);
  const all = Array<number>(length).fill(0);
  let at = 0;
  for (const { tokens, logprobs } of parts) {
    if (logprobs) {
      actions.fill(true, at, at + tokens.length);
      for (const [index, logprob] of logprobs.entries()) all[at + index] = logprob;
    }
    at += tokens.length;
  }
  return { tokens: ([] as number[]).concat(...parts.map(({ tokens }) => tokens)), actions, logprobs: all };
}

function requireSameStart(earlier: readonly ChatMessage[], now: readonly ChatMessage[]): void {
  const other = earlier.findIndex(
    ({ role, content }, index) => now[index]?.role !== role || now[index].content !== content,
  );
  if (other >= 0) throw new Error(`message ${other} of this observation is not what it was in the one before`);
  if (now.length === earlier.length) throw new Error("this observation holds nothing new since the model spoke");
}
