/** A stretch of an episode as the model saw it: ids are the truth, and nothing is tokenised again. */
export interface Datum {
  readonly tokens: readonly number[];
  /** For each token, whether the model chose it and it is to be trained on. The first never is. */
  readonly actions: readonly boolean[];
  /** For each token, its log-probability when it was sampled; 0 where it is no action. Empty for `cross_entropy`. */
  readonly logprobs: readonly number[];
  /** For each token, 0 where it is no action. Empty for `cross_entropy`. */
  readonly advantages: readonly number[];
  /**
   * What each of its actions counts: the loss of a batch is the sum over data and actions of `weight` times the action's loss,
   * whatever a server's own way of averaging is.
   */
  readonly weight: number;
}

/**
 * The loss of an action with the ratio r = exp(logprob now - logprob when sampled) and the advantage A: `cross_entropy` -logprob;
 * `importance_sampling` -r·A; `ppo` -min(r·A, clip(r, 1 - clipLow, 1 + clipHigh)·A).
 */
export type Loss =
  | { readonly name: "cross_entropy" }
  | { readonly name: "importance_sampling" }
  | { readonly name: "ppo"; readonly clipLow: number; readonly clipHigh: number };

/** Adam's parameters for one step. */
export interface Optimiser {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** The longest gradient that is not shortened; only with `capabilities.gradientClipping`. */
  readonly gradientClip?: number;
}

export interface TrainStep {
  readonly batch: readonly Datum[];
  readonly loss: Loss;
  readonly optimiser: Optimiser;
  /**
   * Adds `coefficient` times (exp(-d) + d - 1) to the loss of each action, where d = logprob now - the reference's; only with
   * `capabilities.klInLoss`.
   */
  readonly kl?: {
    readonly coefficient: number;
    /** For each datum and token, the log-probability under the reference; 0 for the first token. */
    readonly reference: readonly (readonly number[])[];
  };
}

export interface TrainStepResult {
  /** For each datum and token, the log-probability under the weights before the step; 0 for the first token. */
  readonly logprobs: readonly (readonly number[])[];
  /** Before clipping, where the server tells. */
  readonly gradientNorm?: number;
  /** Whatever else the server measured, by its own names. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The weights that are trained. Its calls run one after the other, in the order they are made. */
export interface Trainer {
  /** One optimiser step. When it fails, it may or may not have been made: go on from a checkpoint. */
  step(step: TrainStep, signal?: AbortSignal): Promise<TrainStepResult>;
  /** The log-probability of each token of each sequence under the present weights; 0 for the first of each. */
  logprobs(sequences: readonly (readonly number[])[], signal?: AbortSignal): Promise<readonly (readonly number[])[]>;
  /** Keeps weights and optimiser under a name that was not used before in this run; returns the path to load them from. */
  save(name: string, signal?: AbortSignal): Promise<string>;
  /** Goes back to what `save` kept. */
  load(path: string, signal?: AbortSignal): Promise<void>;
}
