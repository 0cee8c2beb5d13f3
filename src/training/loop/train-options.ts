import type { Curriculum } from "../../curriculum/define-curriculum.ts";
import type { Renderer } from "../../episode/renderer.ts";
import type { HintLibrary } from "../../feedback/feedback.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import type { Dataset } from "../../task/dataset.ts";
import type { Split } from "../../task/parts.ts";
import type { Task } from "../../task/task.ts";
import type { Algorithm } from "../algorithm/algorithm.ts";
import type { Backend } from "../backend.ts";
import type { StepRecord } from "../step-record.ts";
import type { ChatFormat } from "../tokens/chat-format.ts";

/** A run is over once it has made so many optimiser steps, or has taken so many hours or tokens, all sittings together. */
export interface Budget {
  readonly steps?: number;
  readonly hours?: number;
  /** Of prompts and samples, each token of a conversation once; training and validation. */
  readonly tokens?: number;
}

/** What a model plays: how tasks become episodes. */
export interface Playground {
  readonly truthOf: (task: Task) => GroundTruth;
  readonly renderer: Renderer;
  readonly hints: HintLibrary;
  /** The dataset's own tool documents. */
  readonly documents?: Dataset["documents"];
  readonly format: ChatFormat;
  /** Tokens of one message of the model at most. */
  readonly messageTokens: number;
  /** Tokens of a conversation at most. */
  readonly contextTokens: number;
  /** Earlier thoughts stay in the conversation as they were sampled, or are shown as the chat template has it. */
  readonly thoughtHistory: "kept" | "template";
  /** Episodes played at a time. */
  readonly concurrency: number;
}

export interface TrainOptions extends Playground {
  /** Where the run is kept; a run that is there already goes on. */
  readonly folder: string;
  /** Removes what the folder holds of an earlier run. */
  readonly fresh?: boolean;
  readonly backend: Backend;
  readonly curriculum: Curriculum;
  /** Learnt from is `train`, validated on `validation`. */
  readonly split: Split;
  /** `cross_entropy` learns ground truths, every other loss from rollouts. */
  readonly algorithm: Algorithm;
  /** Of batches, hints and sampling. */
  readonly seed: number;
  /** A checkpoint to start from, as `Trainer.load` takes it. */
  readonly init?: string;
  /** 1: the rollouts of the next step are played while this one trains, by weights that are one step older. */
  readonly staleness: 0 | 1;
  /** Steps from one validation to the next, the first before training; 0 for none. */
  readonly validateEvery: number;
  /**
   * How far log-probabilities of sampler and trainer may lie apart where their weights are the same, in nats: the mean over tokens,
   * and, of the few that prove a published version, a hundredth of the largest. Beyond it the run stops.
   */
  readonly logprobTolerance: number;
  readonly budget: Budget;
  /** What else makes a run this one, such as the dataset's hash; kept in `run.json`, and the same when the run goes on. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly onStep?: (record: StepRecord) => void;
  readonly onProgress?: (progress: TrainProgress) => void;
}

/** What a run is at. */
export interface TrainProgress {
  readonly step: number;
  readonly stage: string;
  readonly doing: "rollouts" | "training" | "validation";
  /** Episodes that have ended, of so many. */
  readonly done: number;
  readonly of: number;
}

export interface TrainResult {
  /** The curriculum's end, its stop upon a collapse, a budget that is used up, or an interruption. */
  readonly ended: "finished" | "stopped" | "steps" | "hours" | "tokens" | "interrupted";
  /** Optimiser steps made, those of earlier sittings included. */
  readonly steps: number;
  /** Of the last weights, for `init` of another run. */
  readonly checkpoint: string;
  /** The validation with the highest accuracy, and its checkpoint. */
  readonly best?: { readonly step: number; readonly accuracy: number; readonly checkpoint: string };
  readonly spent: {
    readonly seconds: number;
    readonly promptTokens: number;
    readonly sampledTokens: number;
    /** Episodes that were played ahead and not used, since the stage or the weights changed meanwhile. */
    readonly discardedEpisodes: number;
  };
}
