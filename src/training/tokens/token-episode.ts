/** A run of tokens in which each prompt is a prefix of the next: one datum. */
export interface TokenSegment {
  readonly tokens: readonly number[];
  /** For each token, whether the model sampled it. */
  readonly actions: readonly boolean[];
  /** For each token, its log-probability when it was sampled; 0 where it was not. */
  readonly logprobs: readonly number[];
}

/** An episode as ids: one segment while prefixes hold, a new one wherever the template takes back what it had written. */
export interface TokenEpisode {
  readonly segments: readonly TokenSegment[];
  /** Tokens of the first prompt. */
  readonly promptTokens: number;
  /** Tokens that the model sampled. */
  readonly sampledTokens: number;
  /** Messages that were cut off because they grew too long. */
  readonly cutMessages: number;
}
