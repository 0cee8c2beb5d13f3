import { setTimeout } from "node:timers/promises";
import type { Sampler } from "../sampler.ts";
import { seedOf } from "./seed-of.ts";
import { requireSmallGap } from "./small-gap.ts";
import type { TrainingRun } from "./training-run.ts";

/** What every server is asked about. */
export const probeText = "The quick brown fox jumps over the lazy dog. 12 + 30 = 42; list every file, then stop.";
const probeTokens = 16;
/** Servers that switch weights late get this long. */
const waits = [0, 250, 1000, 4000];

/** Publishes the trainer's weights and proves by log-probabilities that they are served. Throws where they are not. */
export async function publish(run: TrainingRun, version: number, signal: AbortSignal): Promise<Sampler> {
  const sampler = await run.meter.waiting("training", run.backend.publish(version, signal));
  await requireServed(run, sampler, signal);
  return sampler;
}

/** Samples a few tokens and has the trainer say how likely they are. */
export async function requireServed(run: TrainingRun, sampler: Sampler, signal: AbortSignal): Promise<void> {
  const { playground, meter, backend, seed, capabilities } = run;
  const promptTokens = playground.format.encode(probeText);
  for (const [tries, wait] of waits.entries()) {
    if (wait > 0) await setTimeout(wait, undefined, { signal });
    const request = {
      ...{ promptTokens, samples: 1, maxTokens: probeTokens, temperature: 1, stopTokens: [], signal },
      ...(capabilities.seededSampling ? { seed: seedOf(seed, "probe", sampler.version) } : {}),
    };
    const [probe] = await meter.waiting("sampling", sampler.sample(request));
    const [trained] = await meter.waiting(
      "training",
      backend.trainer.logprobs([[...promptTokens, ...probe!.tokens]], signal),
    );
    const gaps = probe!.logprobs.map((logprob, at) => Math.abs(logprob - trained![promptTokens.length + at]!));
    const gap = { largest: Math.max(...gaps), mean: gaps.reduce((a, b) => a + b, 0) / gaps.length };
    try {
      return requireSmallGap(gap, run.logprobTolerance, `version ${sampler.version}, which was just published`);
    } catch (error) {
      if (tries === waits.length - 1) throw error;
    }
  }
}
