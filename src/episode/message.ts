/** The wire form of chat completions: what a conversation consists of, whichever renderer writes it. */
export type ChatMessage =
  | { readonly role: "system" | "user"; readonly content: string }
  | { readonly role: "tool"; readonly tool_call_id: string; readonly content: string }
  | AssistantMessage;

/** A model's message as it came; a renderer reads it, and nothing in it is trusted. */
export interface AssistantMessage {
  readonly role: "assistant";
  readonly content: string | null;
  /** What a reasoning model thought; recorded, never sent back. */
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly ToolCall[];
  /** Tokens of the conversation up to and with this message, where the server tells; recorded, never sent back. */
  readonly tokens?: number;
  /** Set where the message broke off because it had grown too long; recorded, never sent back. */
  readonly cut?: true;
  /** Set where `content` is all that the model sampled, which no server took anything out of; recorded, never sent back. */
  readonly raw?: true;
}

export interface ToolCall {
  /** Empty where the server gave none. */
  readonly id: string;
  readonly type: "function";
  /** `arguments` is the text the model wrote, JSON or not. */
  readonly function: { readonly name: string; readonly arguments: string };
}

/** One entry of a request's `tools`. */
export interface ToolDefinition {
  readonly type: "function";
  readonly function: Readonly<Record<string, unknown>>;
}
