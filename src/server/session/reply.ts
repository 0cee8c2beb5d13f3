import type { Ending } from "../../episode/episode.ts";
import type { ChatMessage, ToolDefinition } from "../../episode/message.ts";
import type { Mode } from "./reset-options.ts";

/** What the model may be shown; which form it has depends on the mode and the action. */
export type SessionObservation =
  /** Reset shows the whole conversation and the tools; a dialogue step what came after the model's message, and tools that changed. */
  | { readonly messages: readonly ChatMessage[]; readonly tools?: readonly ToolDefinition[] }
  | {
      readonly tool_name: string;
      readonly result: string;
      readonly error: ToolError | null;
      readonly tools?: readonly ToolDefinition[];
    }
  | { readonly tools: readonly ListedTool[] };
/** `message` is the whole text of the failed call, with its hint. */
export interface ToolError {
  readonly error_type: "tool_not_found" | "invalid_args" | "execution_error";
  readonly message: string;
}
export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly input_schema: unknown;
}

export interface Reply {
  readonly observation: SessionObservation;
  /** Of this step; the rewards of an episode's steps add up to its reward. Null on reset, and where there is no ground truth. */
  readonly reward: number | null;
  readonly done: boolean;
  /** For whoever trains or watches, not for the model. */
  readonly metadata: EpisodeFacts;
}

export interface EpisodeFacts {
  readonly task: string;
  /** The turn being played, from 0. */
  readonly turn: number;
  readonly step_count: number;
  /** 1 or 0 for each turn that ended; for every turn of the task once the episode is done. */
  readonly turn_scores: readonly number[];
  /** Of the steps so far. */
  readonly total_reward: number | null;
  readonly ending?: Ending;
}

export interface SessionState extends Partial<EpisodeFacts> {
  readonly episode_id: string | null;
  readonly step_count: number;
  readonly mode: Mode | null;
  readonly done: boolean;
  /** SHA-256 of the environment's state in canonical form; null before the first reset. */
  readonly state_hash: string | null;
}
