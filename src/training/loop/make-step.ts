import { groupAdvantages } from "../../curriculum/group-advantages.ts";
import type { TrainingFigures } from "../../curriculum/history.ts";
import type { Algorithm } from "../algorithm/algorithm.ts";
import { dataOf, supervisedDataOf, type WeighedEpisode } from "../algorithm/datums.ts";
import { meanKl, withKlOnAdvantages } from "../algorithm/kl.ts";
import { logprobGap } from "../algorithm/logprob-gap.ts";
import type { Sampler } from "../sampler.ts";
import type { TokenEpisode } from "../tokens/token-episode.ts";
import type { TrainStep } from "../trainer.ts";
import type { RolloutGroup } from "./collect-batch.ts";
import { referenceLogprobs } from "./reference.ts";
import { requireSmallGap } from "./small-gap.ts";
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
  const sequences = data.map(({ tokens }) => tokens);
  const others = kl ? await referenceLogprobs(run, sequences, await reference(), signal) : undefined;
  const step: TrainStep = { batch: data, loss, optimiser };
  const withKl =
    kl && others
      ? kl.placement === "loss"
        ? { ...step, kl: { coefficient: kl.coefficient, reference: others } }
        : { ...step, batch: withKlOnAdvantages(data, others, kl.coefficient) }
      : step;
  const { logprobs, gradientNorm } = await meter.waiting("training", backend.trainer.step(withKl, signal));
  const gap = logprobGap(data, logprobs);
  // Among thousands of tokens, one that was all but impossible may lie far apart in coarse numerics: the mean tells.
  if (isFresh) requireSmallGap({ mean: gap.mean, largest: 0 }, run.logprobTolerance, "the rollouts of this step");
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

function weighedEpisodes(groups: readonly RolloutGroup[], algorithm: Algorithm): WeighedEpisode[] {
  return groups.flatMap(({ rewards, rollouts }) => {
    const advantages = groupAdvantages(rewards, algorithm);
    return rollouts.flatMap(({ tokens, isTruncated }, index) =>
      isTruncated && algorithm.truncatedEpisodes === "leaveOut" ? [] : [{ tokens, advantage: advantages[index]! }],
    );
  });
}
