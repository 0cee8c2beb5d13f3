import { type CurriculumState, nextBatch, stageOf } from "../../curriculum/curriculum-state.ts";
import type { TaskReward } from "../../curriculum/task-statistics.ts";
import type { Trace } from "../../rollout/trace.ts";
import { DataError } from "../../task/problem.ts";
import type { Sampler } from "../sampler.ts";
import type { StepRecord } from "../step-record.ts";
import type { TokenEpisode } from "../tokens/token-episode.ts";
import type { Batch } from "./collect-batch.ts";
import { makeStep, makeSupervisedStep } from "./make-step.ts";
import { groundTruthEpisodes } from "./supervised-batch.ts";
import { trainingFigures } from "./training-figures.ts";
import type { TrainingRun } from "./training-run.ts";

/** What one optimiser step was made of and brought. */
export interface StepWork {
  readonly training: Omit<NonNullable<StepRecord["training"]>, "seconds">;
  readonly rewards: readonly TaskReward[];
  readonly traces: readonly Trace[];
}

/** An optimiser step of rollouts. */
export async function rolloutStep(
  run: TrainingRun,
  curriculum: CurriculumState,
  batch: Batch,
  how: { readonly reference: () => Promise<Sampler>; readonly signal: AbortSignal },
): Promise<StepWork> {
  const { floor, name } = stageOf(run.curriculum, curriculum);
  const step = curriculum.step + 1;
  requireRoom(
    step,
    batch.groups.flatMap(({ rollouts }) => rollouts.map(({ tokens }) => tokens)),
  );
  run.onProgress({ step, stage: name, doing: "training", done: 0, of: 1 });
  const made = await makeStep(run, batch.trained, { ...how, isFresh: batch.version === curriculum.step });
  return {
    training: trainingFigures(batch, made, { floor, learningRate: run.algorithm.optimiser.learningRate }),
    rewards: batch.groups.flatMap(({ task, rewards }) => rewards.map((reward) => ({ task, reward }))),
    traces: batch.played.map(({ trace }) => trace),
  };
}

/** An optimiser step of ground truths. */
export async function supervisedStep(
  run: TrainingRun,
  curriculum: CurriculumState,
  signal: AbortSignal,
): Promise<StepWork> {
  const stage = stageOf(run.curriculum, curriculum);
  const episodes = await groundTruthEpisodes(run, stage, nextBatch(run.curriculum, curriculum, run.split));
  const step = curriculum.step + 1;
  const imitated = episodes.map(({ tokens }) => tokens);
  requireRoom(step, imitated);
  run.onProgress({ step, stage: stage.name, doing: "training", done: 0, of: 1 });
  const { gradientNorm, logprobGap, loss } = await makeSupervisedStep(run, imitated, signal);
  const segments = episodes.flatMap(({ tokens }) => tokens.segments);
  const actions = segments.reduce((sum, segment) => sum + segment.actions.filter(Boolean).length, 0);
  const all = segments.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return {
    training: {
      sampledBy: curriculum.step,
      reward: episodes.reduce((sum, { reward }) => sum + reward, 0) / episodes.length,
      episodes: episodes.length,
      groups: { played: 0, trained: 0, withoutVariance: 0, refilled: 0 },
      groupDeviation: 0,
      ...(gradientNorm === undefined ? {} : { gradientNorm }),
      entropy: null,
      ...{ formatErrors: 0, failedCallsPerTurn: 0, truncatedEpisodes: 0, cutMessages: 0 },
      faults: { episode: 0, endpoint: 0, harness: 0 },
      logprobGap,
      ...(loss === undefined ? {} : { loss }),
      learningRate: run.algorithm.optimiser.learningRate,
      tokens: {
        prompt: all - actions,
        sampled: actions,
        longest: segments.reduce((most, { tokens }) => Math.max(most, tokens.length), 0),
      },
    },
    rewards: [],
    traces: [],
  };
}

/** A step of episodes that ended before their first message would teach nothing, and so would every one after it. */
function requireRoom(step: number, episodes: readonly TokenEpisode[]): void {
  if (episodes.some(({ sampledTokens }) => sampledTokens > 0)) return;
  const longest = episodes.reduce((most, { promptTokens }) => Math.max(most, promptTokens), 0);
  throw new DataError(
    `step ${step}: no prompt leaves room for a message: raise --context-tokens (prompts have up to ${longest}), or shorten prompts with --tools signatures`,
  );
}
