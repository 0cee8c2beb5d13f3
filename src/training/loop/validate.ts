import type { ValidationFigures } from "../../curriculum/history.ts";
import type { Stage } from "../../curriculum/stage.ts";
import { validationFigures } from "../../curriculum/validation-figures.ts";
import { playedOf } from "../../episode/episode.ts";
import { scoreOf } from "../../grading/group.ts";
import { assess } from "../../progress/assess.ts";
import { rewardOf } from "../../progress/reward-spec.ts";
import { conductOf } from "../../rollout/conduct.ts";
import { summarizeEpisode } from "../../rollout/episode-summary.ts";
import type { Trace } from "../../rollout/trace.ts";
import { categories } from "../../task/task.ts";
import type { Sampler } from "../sampler.ts";
import type { ValidationRecord } from "../step-record.ts";
import { type GroupPlan, playGroups, type Rollout } from "./play-groups.ts";
import { validationSetting } from "./stage-setting.ts";
import type { TrainingRun } from "./training-run.ts";

/** As the reference evaluates. */
const temperature = 0.001;
/** What the paper's augmented environment gives. */
const hintLevel = "guide";

export interface Validation {
  readonly record: ValidationRecord;
  /** For the curriculum. */
  readonly figures: ValidationFigures;
  readonly traces: readonly Trace[];
  readonly tracesWithHints: readonly Trace[];
  readonly tokens: { readonly prompt: number; readonly sampled: number };
}

/**
 * Plays the validation tasks without hints, and once more with them. Episodes that the server made fail are left out; throws where
 * none are left.
 */
export async function validate(
  run: TrainingRun,
  stage: Stage,
  sampler: Sampler,
  { step, signal }: { readonly step: number; readonly signal: AbortSignal },
): Promise<Validation> {
  const { playground, split, curriculum, seed, meter, capabilities, onProgress } = run;
  const levels = ["off", hintLevel] as const;
  const settings = levels.flatMap((level) =>
    split.validation.map((task) => validationSetting(playground, stage, task, level)),
  );
  const groups = await playGroups(
    settings.map((setting): GroupPlan => ({ setting, samples: [0] })),
    {
      ...{ playground, sampler, temperature, meter, signal },
      reward: rewardOf(stage.reward),
      seedKey: capabilities.seededSampling ? [seed, "validation", step] : undefined,
      onDone: (done, of) => onProgress({ step, stage: stage.name, doing: "validation", done, of }),
    },
  );
  const played = groups.map(([rollout], index) => ({ rollout: rollout!, setting: settings[index]! }));
  const start = performance.now();
  const whole = played.filter(({ rollout }) => rollout.fault !== "endpoint");
  const plain = whole.filter(({ setting }) => setting.hints === undefined);
  const hinted = whole.filter(({ setting }) => setting.hints !== undefined);
  if (split.validation.length > 0 && (plain.length === 0 || hinted.length === 0))
    throw new Error(
      `the validation of step ${step} has no episode that the server played: ${played.at(-1)!.rollout.trace.reason}`,
    );
  const specs = [...new Set(curriculum.stages.map(({ reward }) => reward))];
  const outcomes = plain.map(({ rollout, setting }) => {
    const assessed = assess(setting.truth, playedOf(rollout.episode), setting.profile, setting.rules);
    const rewards = Object.fromEntries(specs.map((spec) => [spec, rewardOf(spec).score(assessed).value]));
    return { task: setting.task.id, isSolved: rollout.trace.grade.valid, rewards };
  });
  const figures = validationFigures(split, outcomes);
  meter.environment(performance.now() - start);
  const traces = plain.map(({ rollout }) => rollout.trace);
  const withHints = hinted.map(({ rollout }) => rollout.trace);
  const { accuracy } = scoreOf(withHints);
  // Where the server failed in one of the two, a task would weigh in one alone.
  const among = (own: readonly Trace[], others: readonly Trace[]) =>
    scoreOf(own.filter(({ id }) => others.some((other) => other.id === id))).accuracy;
  return {
    figures,
    traces,
    tracesWithHints: withHints,
    tokens: tokensOf(played.map(({ rollout }) => rollout)),
    record: {
      tasks: figures.tasks,
      accuracy: figures.accuracy,
      accuracyByCategory: Object.fromEntries(
        categories.flatMap((name) => {
          const own = traces.filter(({ category }) => category === name);
          return own.length > 0 ? [[name, scoreOf(own).accuracy]] : [];
        }),
      ),
      progress: scoreOf(traces).progress,
      rewards: figures.rewards ?? {},
      ...conductOf(traces.map(summarizeEpisode)),
      withHints: {
        level: hintLevel,
        accuracy,
        hintReliance: among(withHints, traces) - among(traces, withHints),
      },
    },
  };
}

/** Tokens of rollouts, those of a conversation once: what was sampled, and all else. */
export function tokensOf(rollouts: readonly Rollout[]): { readonly prompt: number; readonly sampled: number } {
  const sampled = rollouts.reduce((sum, { tokens }) => sum + tokens.sampledTokens, 0);
  const all = rollouts.flatMap(({ tokens }) => tokens.segments).reduce((sum, { tokens }) => sum + tokens.length, 0);
  return { prompt: Math.max(0, all - sampled), sampled };
}
