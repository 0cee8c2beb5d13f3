/** What to sample: token ids in, token ids out. */
export interface SampleRequest {
  readonly promptTokens: readonly number[];
  /** Sequences of this prompt, drawn independently. */
  readonly samples: number;
  /** The longest sequence, in tokens. */
  readonly maxTokens: number;
  readonly temperature: number;
  /** Tokens that end a sequence; the one that does is its last token. */
  readonly stopTokens: readonly number[];
  /** The same seed, prompt and weights give the same sequences, where the server keeps that promise. */
  readonly seed?: number;
  /** Requests of one episode carry the same key, so that a server can send them where its prefix is cached. */
  readonly stickyKey?: string;
  readonly signal?: AbortSignal;
}

export interface SampledSequence {
  readonly tokens: readonly number[];
  /** Of each token under the distribution it was drawn from, in nats; as many as tokens. */
  readonly logprobs: readonly number[];
  /** A stop token came, or `maxTokens` were used up. */
  readonly stopReason: "stop" | "length";
}

/** One version of a model's weights, served for sampling. It never changes: new weights make a new sampler. */
export interface Sampler {
  /** The version that it was published as. */
  readonly version: number;
  /** Where the server keeps these weights, for `Backend.openSampler`. */
  readonly path: string;
  sample(request: SampleRequest): Promise<readonly SampledSequence[]>;
  /** The log-probability of each token given those before it; 0 for the first. Only with `capabilities.sequenceLogprobs`. */
  logprobs?(tokens: readonly number[], signal?: AbortSignal): Promise<readonly number[]>;
}
