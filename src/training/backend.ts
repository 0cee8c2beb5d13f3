import type { Sampler } from "./sampler.ts";
import type { Loss, Trainer } from "./trainer.ts";

/** What a server can do; the driver reads these and knows no server by name. */
export interface Capabilities {
  /** All weights are trained, or a low-rank adapter beside frozen ones. */
  readonly weights: { readonly kind: "full" } | { readonly kind: "lora"; readonly rank: number };
  readonly losses: readonly Loss["name"][];
  /** The clip bounds of `ppo` that the server always takes; undefined where it takes those it is given. */
  readonly fixedClip?: { readonly clipLow: number; readonly clipHigh: number };
  /** A KL term against the first weights can be part of the loss. */
  readonly klInLoss: boolean;
  readonly gradientNorm: boolean;
  readonly gradientClipping: boolean;
  /** Samplers have `logprobs`. */
  readonly sequenceLogprobs: boolean;
  /** Requests may carry a seed that the server heeds. */
  readonly seededSampling: boolean;
  /**
   * How long a published version can be sampled, where that is not for good: until the next one is published, or until the next
   * optimiser step. Its sampler then throws, and `openSampler` does for every path: after a resume, load and publish again.
   */
  readonly samplers?: "until-next-publish" | "until-next-step";
  /** Tokens of a sequence at most, prompt included, where the server tells. */
  readonly contextTokens?: number;
}

/** A trainer and the samplers of its versions. */
export interface Backend {
  /** For manifests: the kind of server, its address without secrets, its version where it tells, the base model. */
  readonly description: Readonly<Record<string, string>>;
  readonly capabilities: Capabilities;
  readonly trainer: Trainer;
  /** Makes the trainer's present weights a sampler; it is ready when the promise resolves. */
  publish(version: number, signal?: AbortSignal): Promise<Sampler>;
  /** A sampler that was published before, in this process or an earlier one. */
  openSampler(path: string, version: number, signal?: AbortSignal): Promise<Sampler>;
  /** The untrained base model, as the reference of a KL term. */
  baseSampler(signal?: AbortSignal): Promise<Sampler>;
  /** Deletes a checkpoint or published weights for good; not there where the server cannot. */
  forget?(path: string, signal?: AbortSignal): Promise<void>;
  /** Ends heartbeats and gives back what the server holds for this process; checkpoints stay. */
  close(): Promise<void>;
}
