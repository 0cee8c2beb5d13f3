import type { ChatMessage } from "../../episode/message.ts";

/** A tokenizer and a chat template: how a conversation becomes token ids. */
export interface ChatFormat {
  readonly name: string;
  /** Of the files it was read from, for manifests. */
  readonly hash: string;
  /** Tokens that end a message of the model. */
  readonly stopTokens: readonly number[];
  /** Ids of a text; special tokens written in it become their ids, and none are added. */
  encode(text: string): number[];
  /** The text of ids; special tokens stay in it. */
  decode(tokens: readonly number[]): string;
  /** A conversation as the template writes it, up to where the model is to speak. */
  render(messages: readonly ChatMessage[]): string;
  /** What the template writes after the end of a model's message, for messages that follow it, up to where it is to speak again. */
  continuation(messages: readonly ChatMessage[]): string;
}
