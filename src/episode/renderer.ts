import type { Call } from "../core/call.ts";
import type { ModelCall } from "../grading/trajectory.ts";
import type { Fault } from "./fault.ts";
import type { AssistantMessage, ChatMessage, ToolDefinition } from "./message.ts";
import type { Transcript } from "./transcript.ts";

/** What a model is given before it speaks: a chat-completions request without the model's name. */
export interface Observation {
  /** A later observation of the same episode starts with exactly these. */
  readonly messages: readonly ChatMessage[];
  /** Empty where the tools stand in the messages. */
  readonly tools: readonly ToolDefinition[];
}

export interface Reading {
  /** In order; empty where the message calls nothing, or cannot be read as a whole. */
  readonly calls: readonly ModelCall[];
  /** What is wrong with a message that tries to call something. */
  readonly unreadable?: string;
  /** Whose fault an unreadable message is, where it is not the model's. */
  readonly fault?: Exclude<Fault, "model">;
}

/** A call that is to be put into a message: arguments by name. */
export type WritableCall = Pick<Call, "tool" | "args">;

/** One way of talking to a model: how tools and results are shown, and how calls are read. */
export interface Renderer {
  readonly name: string;
  observe(transcript: Transcript): Observation;
  /** Never throws, whatever the message holds. */
  read(message: AssistantMessage): Reading;
  /** The message with which a model would make these calls. */
  write(calls: readonly WritableCall[]): AssistantMessage;
  /** The message with which a model would end the turn in these words, which hold no tags and no calls. */
  answer(text: string): AssistantMessage;
}
