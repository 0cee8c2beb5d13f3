import type { ChatMessage } from "../../episode/message.ts";

/**
 * A tokenizer and a chat template: how a conversation becomes token ids. Special tokens that a message only spells, such as a
 * user's `<|im_end|>`, are marked in what `render`, `continuation` and `literally` return, and `encode` makes plain text of them.
 */
export interface ChatFormat {
  readonly name: string;
  /** Of the files it was read from, for manifests. */
  readonly hash: string;
  /** Tokens that end a message of the model. */
  readonly stopTokens: readonly number[];
  /** The text of the token with which the template ends a message of the model; it is among the stop tokens. */
  readonly endOfMessage: string;
  /** Ids of a text; special tokens written in it become their ids, unless they are marked, and none are added. */
  encode(text: string): number[];
  /** The text of ids; special tokens stay in it, and an id that the vocabulary lacks is `\ufffd`. */
  decode(tokens: readonly number[]): string;
  /** A text of which `encode` makes no special tokens. */
  literally(text: string): string;
  /** A conversation as the template writes it, up to where the model is to speak. */
  render(messages: readonly ChatMessage[]): string;
  /** What the template writes after the end of a model's message, for messages that follow it, up to where it is to speak again. */
  continuation(messages: readonly ChatMessage[]): string;
}
