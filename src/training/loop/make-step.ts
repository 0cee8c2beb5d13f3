import type { TrainingFigures } from "../../curriculum/history.ts";
import { EndpointError } from "../../rollout/endpoint-error.ts";
import type { Algorithm } from "../algorithm/algorithm.ts";
import { dataOf, supervisedDataOf, type WeighedEpisode } from "../algorithm/datums.ts";
import { groupAdvantages } from "../algorithm/group-advantages.ts";
import { meanKl, withKlOnAdvantages } from "../algorithm/kl.ts";
import { logprobGap } from "../algorithm/logprob-gap.ts";
import type { Sampler } from "../sampler.ts";
import type { TokenEpisode } from "../tokens/token-episode.ts";
import type { Datum, TrainStep } from "../trainer.ts";
import type { RolloutGroup } from "./collect-batch.ts";
import { concurrently } from "./concurrently.ts";
import type { TrainingRun } from "./training-run.ts";

/** What an optimiser step brought. */
export interface MadeStep {
  readonly gradientNorm: TrainingFigures["gradientNorm"];
  readonly logprobGap: { readonly largest: number; readonly mean: number };
  readonly kl?: number;
  /** Mean of -logprob over actions, in nats; of a supervised step. */
  readonly loss?: number;
}

/**
 * Makes one optimiser step of groups. A batch without a token to learn from makes none, and its gradient is 0. `isFresh` says that the
 * weights that played are those that are trained; then log-probabilities that differ are an error.
 */
export async function makeStep(
  run: TrainingRun,
  groups: readonly RolloutGroup[],
  { reference, isFresh, signal }: { reference: () => Promise<Sampler>; isFresh: boolean; signal: AbortSignal },
): Promise<MadeStep> {
  const { algorithm, backend, meter } = run;
  const data = dataOf(weighedEpisodes(groups, algorithm), algorithm.aggregation);
  if (data.length === 0) return { gradientNorm: 0, logprobGap: { largest: 0, mean: 0 } };
  const { kl, loss, optimiser } = algorithm;
  const others = kl ? await referenceLogprobs(run, data, await reference(), signal) : undefined;
  const step: TrainStep = { batch: data, loss, optimiser };
  const withKl =
    kl && others
      ? kl.placement === "loss"
        ? { ...step, kl: { coefficient: kl.coefficient, reference: others } }
        : { ...step, batch: withKlOnAdvantages(data, others, kl.coefficient) }
      : step;
  const { logprobs, gradientNorm } = await meter.waiting("training", backend.trainer.step(withKl, signal));
  const gap = logprobGap(data, logprobs);
  if (isFresh) requireSmallGap(gap, run.logprobTolerance, "the rollouts of this step");
  return { gradientNorm, logprobGap: gap, ...(others ? { kl: meanKl(data, others) } : {}) };
}

/** Makes one optimiser step of episodes that are to be imitated. */
export async function makeSupervisedStep(
  { algorithm, backend, meter }: TrainingRun,
  episodes: readonly TokenEpisode[],
  signal: AbortSignal,
): Promise<MadeStep> {
  const { loss, optimiser, aggregation } = algorithm;
  const batch = supervisedDataOf(episodes, aggregation);
  const { logprobs, gradientNorm } = await meter.waiting(
    "training",
    backend.trainer.step({ batch, loss, optimiser }, signal),
  );
  const actions = batch.flatMap(({ actions }, index) => logprobs[index]!.filter((_, at) => actions[at]));
  const sum = actions.reduce((total, logprob) => total - logprob, 0);
  return { gradientNorm, logprobGap: { largest: 0, mean: 0 }, loss: sum / actions.length };
}

/** Throws where log-probabilities of the same weights lie too far apart. */
export function requireSmallGap(
  { largest, mean }: { readonly largest: number; readonly mean: number },
  tolerance: number,
  where: string,
): void {
  if (mean <= tolerance && largest <= 100 * tolerance) return;
  const digits = (value: number) => value.toPrecision(3);
  throw new EndpointError(
    `sampler and trainer disagree on ${where}: log-probabilities differ by ${digits(mean)} nats on average and by ${digits(largest)} at most (allowed: ${tolerance} and ${100 * tolerance}); they do not hold the same weights, or do not compute alike: check that the server samples what was published last, or raise --logprob-tolerance if its numerics are that coarse`,
    "lasting",
  );
}

function weighedEpisodes(groups: readonly RolloutGroup[], algorithm: Algorithm): WeighedEpisode[] {
  return groups.flatMap(({ rewards, rollouts }) => {
    const advantages = groupAdvantages(rewards, algorithm);
    return rollouts.flatMap(({ tokens, isTruncated }, index) =>
      isTruncated && algorithm.truncatedEpisodes === "leaveOut" ? [] : [{ tokens, advantage: advantages[index]! }],
    );
  });
}

async function referenceLogprobs(run: TrainingRun, data: readonly Datum[], sampler: Sampler, signal: AbortSignal) {
  const { logprobs } = sampler;
  if (!logprobs)
    throw new Error("the KL term needs log-probabilities of the reference, which this server does not give");
  const asked = concurrently(data, run.playground.concurrency, ({ tokens }) => logprobs.call(sampler, tokens, signal));
  return run.meter.waiting("sampling", asked);
}
