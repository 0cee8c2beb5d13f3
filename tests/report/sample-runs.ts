import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentOf, hints } from "../../environments/index.ts";
import { seededRandom } from "../../src/core/seeded-random.ts";
import { advanceCurriculum } from "../../src/curriculum/advance-curriculum.ts";
import { stageOf } from "../../src/curriculum/curriculum-state.ts";
import type { Curriculum } from "../../src/curriculum/define-curriculum.ts";
import { simulateCurriculum } from "../../src/curriculum/simulate.ts";
import { type CurveName, syntheticCurves } from "../../src/curriculum/synthetic-curves.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { evaluationSetting, trainingSetting } from "../../src/episode/setting.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { rewards } from "../../src/progress/reward-spec.ts";
import { baselinePolicies } from "../../src/rollout/baseline-policies.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import type { Policy } from "../../src/rollout/policy.ts";
import { randomPolicy } from "../../src/rollout/random-policy.ts";
import { groundTruthPolicy } from "../../src/rollout/scripted-policies.ts";
import { type Trace, traceOf } from "../../src/rollout/trace.ts";
import { loadBundledExtension, loadBundledTasks } from "../../src/task/bundled.ts";
import type { StepRecord } from "../../src/training/step-record.ts";

export const tasks = await loadBundledTasks(environmentOf);
export const extension = await loadBundledExtension();
/** What a report replays the episodes on. */
export const atHand = { tasks: [{ name: "bundled", hash: "bundled-hash", tasks, extension }], environmentOf };

const truths = new Map(
  tasks.map((task) => [task.id, replayGroundTruth(task, environmentOf(task.environments), extension)]),
);

export interface Playing {
  readonly samples: number;
  readonly training?: boolean;
  readonly withHints?: boolean;
  readonly policies?: readonly Policy[];
  readonly most?: number;
}

/** Played traces of the bundled tasks: every policy on every task, so many times. */
export async function playedTraces(playing: Playing): Promise<Trace[]> {
  const { samples, training = false, withHints = false, most = Number.POSITIVE_INFINITY } = playing;
  const { policies = [...baselinePolicies, randomPolicy(0)] } = playing;
  const traces: Trace[] = [];
  for (let sample = 0; sample < samples; sample++)
    for (const policy of policies)
      for (const task of tasks) {
        if (traces.length >= most) return traces;
        const truth = truths.get(task.id)!;
        const shown = { profile: profiles.strict, renderer: openai };
        const given = withHints ? ({ library: hints, level: "guide", seed: "0" } as const) : undefined;
        const setting = training
          ? trainingSetting(truth, { ...shown, turnFeedback: "guide", ...(given ? { hints: given } : {}) })
          : evaluationSetting(truth, shown, given);
        const episode = await playEpisode(setting, policy, { sample });
        traces.push(traceOf(setting, episode, { policy: policy.name, sample, reward: rewards.stateProgress }));
      }
  return traces;
}

export const linesOf = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** The records of a run that never took place: the engine's own decisions on a synthetic curve, and figures made up around it. */
export function simulatedRecords(curriculum: Curriculum, curve: CurveName, seed: number): StepRecord[] {
  const records: StepRecord[] = [];
  const random = seededRandom(`records ${curve} ${seed}`);
  simulateCurriculum(curriculum, syntheticCurves[curve], seed, {
    advance: (given, state, report) => {
      const advanced = advanceCurriculum(given, state, report);
      const stage = stageOf(given, state);
      records.push(recordOf(report, stage.name, advanced.decisions, random.number));
      return advanced;
    },
  });
  return records;
}

function recordOf(
  { step, training, validation }: Parameters<typeof advanceCurriculum>[2],
  stage: string,
  decisions: StepRecord["decisions"] | readonly StepRecord["decisions"][number][],
  noise: () => number,
): StepRecord {
  const accuracy = validation?.accuracy ?? 0;
  const isValidated = step % 5 === 0;
  const near = (value: number) => Math.min(1, Math.max(0, value + 0.06 * (noise() - 0.5)));
  return {
    step,
    stage,
    ...(training ? { training: trainingOf(step, training.gradientNorm ?? null, accuracy, noise) } : {}),
    ...(isValidated
      ? {
          validation: {
            tasks: 80,
            accuracy,
            accuracyByCategory: {
              base: near(accuracy * 1.3),
              miss_func: near(accuracy * 0.9),
              miss_param: near(accuracy * 0.8),
              long_context: near(accuracy),
            },
            progress: near(accuracy + 0.2),
            rewards: { progress: near(accuracy + 0.2) },
            failedCallsPerTurn: 1.2 - accuracy + 0.1 * noise(),
            formatErrors: 0.02 * noise(),
            withHints: { level: "guide", accuracy: near(accuracy + 0.08), hintReliance: 0.08 + 0.05 * (noise() - 0.5) },
          },
        }
      : {}),
    decisions: [...decisions],
  };
}

function trainingOf(
  step: number,
  gradientNorm: number | null,
  accuracy: number,
  noise: () => number,
): NonNullable<StepRecord["training"]> {
  const [sampling, training, environment, driver] = [18 + 6 * noise(), 9 + noise(), 0.6 * noise(), 0.3 * noise()];
  const sampled = Math.round(200_000 + 60_000 * noise());
  return {
    sampledBy: step - 1,
    reward: accuracy + 0.1 + 0.05 * noise(),
    floor: 0.12,
    episodes: 512,
    groups: {
      played: 32,
      trained: 24 + Math.round(6 * noise()),
      withoutVariance: Math.round(8 * noise()),
      refilled: 0,
    },
    groupDeviation: 0.2 + 0.05 * noise(),
    gradientNorm,
    entropy: 0.3 + 0.3 * Math.exp(-step / 60) + 0.02 * noise(),
    formatErrors: 0.15 * Math.exp(-step / 15) + 0.01 * noise(),
    failedCallsPerTurn: 1.5 - accuracy + 0.1 * noise(),
    truncatedEpisodes: Math.round(4 * noise()),
    cutMessages: 0,
    faults: { episode: 0, endpoint: noise() < 0.05 ? 1 : 0, harness: 0 },
    logprobGap: { largest: 0.01 + 0.02 * noise(), mean: 0.0004 + 0.0002 * noise() },
    kl: 0.002 * Math.sqrt(step) + 0.001 * noise(),
    learningRate: 1e-6,
    tokens: { prompt: sampled * 9, sampled, longest: Math.round(9000 + 4000 * noise()) },
    seconds: { sampling, environment, training, driver, total: sampling + environment + training + driver },
  };
}

/** Writes a training run's folder: its records, the rollouts of two steps and a validation with and without hints. */
export async function writeTrainingRun(
  folder: string,
  records: readonly StepRecord[],
  manifest: object,
): Promise<void> {
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const part of ["", "rollouts", "validation"]) mkdirSync(join(folder, part), { recursive: true });
  put("run.json", JSON.stringify({ dataset: "bundled", datasetHash: "bundled-hash", profile: "strict", ...manifest }));
  put("steps.jsonl", linesOf(records));
  const playing = { samples: 1, most: 120, policies: [groundTruthPolicy, randomPolicy(0)] };
  put("rollouts/000005.jsonl", linesOf(await playedTraces({ ...playing, training: true, withHints: true })));
  put("rollouts/000010.jsonl", linesOf(await playedTraces({ ...playing, training: true })));
  put("validation/000010.jsonl", linesOf(await playedTraces({ ...playing })));
  put("validation/000010-hints.jsonl", linesOf(await playedTraces({ ...playing, withHints: true })));
}
