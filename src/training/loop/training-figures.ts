import { rewardDeviation } from "../../curriculum/group-advantages.ts";
import { meanOf } from "../../grading/group.ts";
import { conductOf } from "../../rollout/conduct.ts";
import { summarizeEpisode } from "../../rollout/episode-summary.ts";
import { entropyEstimate } from "../algorithm/entropy-estimate.ts";
import type { StepRecord } from "../step-record.ts";
import type { Batch } from "./collect-batch.ts";
import type { MadeStep } from "./make-step.ts";
import type { RolloutFault } from "./rollout-fault.ts";
import { tokensOf } from "./validate.ts";

type Figures = NonNullable<StepRecord["training"]>;

/** What a step's record says of its rollouts and its optimiser step; seconds are added when the step is over. */
export function trainingFigures(
  { version, played, trained, withoutVariance, refilled, groups }: Batch,
  { gradientNorm, logprobGap, kl }: MadeStep,
  { floor, learningRate }: { readonly floor: number | undefined; readonly learningRate: number },
): Omit<Figures, "seconds"> {
  const counted = groups.flatMap(({ rollouts }) => rollouts);
  const faultsOf = (whose: RolloutFault) => played.filter(({ fault }) => fault === whose).length;
  const lengths = played.flatMap(({ tokens }) => tokens.segments.map((segment) => segment.tokens.length));
  return {
    sampledBy: version,
    reward: meanOf(counted, ({ reward }) => reward),
    ...(floor === undefined ? {} : { floor }),
    episodes: played.length,
    groups: { played: groups.length, trained: trained.length, withoutVariance, refilled },
    groupDeviation: meanOf(groups, ({ rewards }) => rewardDeviation(rewards)),
    ...(gradientNorm === undefined ? {} : { gradientNorm: finiteOrNull(gradientNorm) }),
    entropy: entropyEstimate(counted.map(({ tokens }) => tokens)),
    ...conductOf(counted.map(({ trace }) => summarizeEpisode(trace))),
    truncatedEpisodes: counted.filter(({ isTruncated }) => isTruncated).length,
    cutMessages: counted.reduce((sum, { tokens }) => sum + tokens.cutMessages, 0),
    faults: { episode: faultsOf("episode"), endpoint: faultsOf("endpoint"), harness: faultsOf("harness") },
    logprobGap,
    ...(kl === undefined ? {} : { kl }),
    learningRate,
    tokens: { ...tokensOf(played), longest: lengths.reduce((a, b) => Math.max(a, b), 0) },
  };
}

const finiteOrNull = (value: number | null): number | null => (Number.isFinite(value) ? value : null);
