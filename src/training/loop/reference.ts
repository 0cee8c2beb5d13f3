import type { Sampler } from "../sampler.ts";
import { concurrently } from "./concurrently.ts";
import { probeText } from "./publish.ts";
import type { RunState } from "./run-state.ts";
import type { TrainingRun } from "./training-run.ts";

/** What KL is measured against: the weights that the stage began with, or the base model where no older weights can be sampled. */
export function referenceOf(run: TrainingRun, { reference }: RunState): Promise<Sampler> {
  return reference ? run.samplerAt(reference) : run.backend.baseSampler();
}

/** For each sequence and token, the reference's log-probability. Throws where the server gives none. */
export async function referenceLogprobs(
  run: TrainingRun,
  sequences: readonly (readonly number[])[],
  sampler: Sampler,
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const { logprobs } = sampler;
  if (!logprobs)
    throw new Error("the KL term needs log-probabilities of the reference, which this server does not give");
  const asked = concurrently(sequences, run.playground.concurrency, (tokens) => logprobs.call(sampler, tokens, signal));
  return run.meter.waiting("sampling", asked);
}

/** Asks the reference about a short text, so that a server that has none says so before anything is played. */
export async function requireReference(run: TrainingRun, state: RunState, signal: AbortSignal): Promise<void> {
  if (!run.algorithm.kl) return;
  await referenceLogprobs(run, [run.playground.format.encode(probeText)], await referenceOf(run, state), signal);
}
