import type { SampledSequence, SampleRequest, Sampler } from "../../../src/training/sampler.ts";
import { idsByHand } from "./model-folder.ts";

/** A sampler that remembers what it was asked; `answer` gives the tokens of the message of that number. */
export function fakeSampler(answer: (request: SampleRequest, count: number) => readonly number[]) {
  const requests: SampleRequest[] = [];
  const sampled: number[][] = [];
  const sampler: Sampler = {
    version: 0,
    path: "fake",
    async sample(request) {
      requests.push(request);
      return Array.from({ length: request.samples }, () => {
        const wanted = answer(request, sampled.length);
        const tokens = wanted.slice(0, request.maxTokens);
        sampled.push(tokens);
        return sequence(tokens, tokens.length < wanted.length || !request.stopTokens.includes(tokens.at(-1)!));
      });
    },
  };
  return { sampler, requests, sampled };
}

export const sequence = (tokens: readonly number[], cut = false): SampledSequence => ({
  tokens,
  logprobs: tokens.map((token, index) => -token / 1000 - index),
  stopReason: cut ? "length" : "stop",
});

/** The tokens of messages that are said one after the other, each with its end. */
export const saying =
  (...messages: readonly string[]) =>
  (_: SampleRequest, count: number): number[] =>
    idsByHand(`${messages[count] ?? "Done."}<|im_end|>`);
