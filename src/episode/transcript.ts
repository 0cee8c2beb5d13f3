import type { ToolDocument } from "../core/tool-document.ts";
import type { Hint } from "../feedback/hint.ts";
import type { ModelCall } from "../grading/trajectory.ts";
import type { Fault } from "./fault.ts";
import type { AssistantMessage } from "./message.ts";
import type { Prompt } from "./prompts.ts";

/** Everything that was said so far, and nothing else: a renderer that sees only this cannot leak a ground truth. */
export interface Transcript {
  /** How the model is asked to behave; each renderer has its own default. */
  readonly prompt?: Prompt;
  /** The tools offered in the first turn. */
  readonly documents: readonly ToolDocument[];
  /** The tools offered now. */
  readonly offered: readonly ToolDocument[];
  readonly turns: readonly TranscriptTurn[];
  /** Set where renderers that write tools as text are to show each as its signature. */
  readonly signatures?: true;
}

export interface TranscriptTurn {
  readonly user: string;
  /** The tools offered from this turn on, and those no longer offered; none in the first turn. */
  readonly released: readonly ToolDocument[];
  readonly withdrawn: readonly string[];
  /** What the environment says before the user does, such as how the turn before was ended. */
  readonly notices?: readonly string[];
  readonly steps: readonly EpisodeStep[];
}

/** One model message and what came of it. */
export interface EpisodeStep {
  readonly message: AssistantMessage;
  /** Empty where the message ended the turn. */
  readonly calls: readonly ModelCall[];
  /** One a call, in order. */
  readonly results: readonly CallResult[];
  /** Why a message that tried to call something was not executed. */
  readonly unreadable?: string;
  /** Set where the message was read, but its calls were not executed. */
  readonly notExecuted?: true;
  /** What the environment says about the turn that ended with this step, before the user speaks again. */
  readonly notice?: string;
  /** Whose fault an unreadable message is, where it is not the model's. */
  readonly fault?: Exclude<Fault, "model">;
}

export interface CallResult {
  /** What the call returned, as the model reads it. */
  readonly text: string;
  /** The code of the failure, where the call failed. */
  readonly failure?: string;
  /** What the environment adds for the model to learn from. */
  readonly hint?: Hint;
  /** Whose fault the failure is, where it is not the model's. */
  readonly fault?: Exclude<Fault, "model">;
}
