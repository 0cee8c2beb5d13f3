import type { TokenEpisode, TokenSegment } from "../../../src/training/tokens/token-episode.ts";

/** A segment in which "." is a token of the prompt and a letter an action, each with its own logprob, -0.5 where none is told. */
export function segment(pattern: string, logprobs: readonly number[] = []): TokenSegment {
  const actions = [...pattern].map((sign) => sign !== ".");
  let next = 0;
  return {
    tokens: actions.map((_, at) => at),
    actions,
    logprobs: actions.map((isAction) => (isAction ? (logprobs[next++] ?? -0.5) : 0)),
  };
}

export const episode = (...segments: TokenSegment[]): TokenEpisode => ({
  segments,
  promptTokens: 1,
  sampledTokens: segments.flatMap(({ actions }) => actions).filter(Boolean).length,
  cutMessages: 0,
});
