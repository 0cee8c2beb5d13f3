import { type CurriculumState, nextBatch, stageOf, stepsInStage } from "../../curriculum/curriculum-state.ts";
import { withoutZeroVariance } from "../../curriculum/group-filter.ts";
import { rewardOf } from "../../progress/reward-spec.ts";
import { EndpointError } from "../../rollout/endpoint-error.ts";
import type { Task } from "../../task/task.ts";
import type { Sampler } from "../sampler.ts";
import { playGroups, type Rollout } from "./play-groups.ts";
import type { TrainingRun } from "./training-run.ts";

/** The rollouts of one task that nothing but the model had a part in; two at least. */
export interface RolloutGroup {
  readonly task: string;
  readonly rewards: readonly number[];
  readonly rollouts: readonly Rollout[];
}

/** What was played for one step. */
export interface Batch {
  /** Of the weights that played. */
  readonly version: number;
  /** All of it, faulty rollouts included, in the order of tasks and samples. */
  readonly played: readonly Rollout[];
  /** Its groups with two faultless rollouts at least. */
  readonly groups: readonly RolloutGroup[];
  /** Those of them that make the step. */
  readonly trained: readonly RolloutGroup[];
  readonly withoutVariance: number;
  /** Groups that were played in place of those without variance. */
  readonly refilled: number;
}

/**
 * Draws and plays the tasks of the step after `state.step`. Throws where faults leave nothing at all, with the last one's reason.
 */
export async function collectBatch(
  run: TrainingRun,
  state: CurriculumState,
  sampler: Sampler,
  signal: AbortSignal,
): Promise<Batch> {
  const { curriculum, split, algorithm } = run;
  const { batch } = stageOf(curriculum, state);
  const tasks = nextBatch(curriculum, state, split);
  const first = await playTasks(run, state, sampler, tasks, signal);
  const { kept, dropped, refill } = withoutZeroVariance(first.groups, batch.tasks);
  if (algorithm.constantGroups !== "refill" || refill === 0 || dropped.length === 0)
    return {
      ...{ version: sampler.version, ...first, withoutVariance: dropped.length, refilled: 0 },
      trained: algorithm.constantGroups === "train" ? first.groups : kept,
    };
  const others = nextBatch(curriculum, state, split, { count: refill, except: tasks.map(({ id }) => id) });
  const second = await playTasks(run, state, sampler, others, signal, tasks);
  const more = withoutZeroVariance(second.groups, refill);
  return {
    version: sampler.version,
    played: [...first.played, ...second.played],
    groups: [...first.groups, ...second.groups],
    trained: [...kept, ...more.kept],
    withoutVariance: dropped.length + more.dropped.length,
    refilled: others.length,
  };
}

async function playTasks(
  run: TrainingRun,
  state: CurriculumState,
  sampler: Sampler,
  tasks: readonly Task[],
  signal: AbortSignal,
  before: readonly Task[] = [],
) {
  const { curriculum, playground, meter, seed, algorithm, capabilities, onProgress } = run;
  const stage = stageOf(curriculum, state);
  const { groupSize } = stage.batch;
  const step = state.step + 1;
  const times = new Map<string, number>();
  for (const { id } of before) times.set(id, (times.get(id) ?? 0) + 1);
  const plans = tasks.map((task) => {
    // A task that comes again in a batch is not to be played with the same seeds.
    const time = times.get(task.id) ?? 0;
    times.set(task.id, time + 1);
    return {
      setting: run.settingOf(stage, task, stepsInStage(state)),
      samples: Array.from({ length: groupSize }, (_, index) => time * groupSize + index),
    };
  });
  const played = await playGroups(plans, {
    ...{ playground, sampler, meter, signal },
    temperature: algorithm.temperature,
    responseTokens: stage.limits.responseTokens,
    reward: rewardOf(stage.reward),
    seedKey: capabilities.seededSampling ? [seed, "step", step] : undefined,
    onDone: (done, of) => onProgress({ step, stage: stage.name, doing: "rollouts", done, of }),
  });
  const groups = played.flatMap((rollouts, index): RolloutGroup[] => {
    const faultless = rollouts.filter(({ fault }) => fault === undefined);
    if (faultless.length < 2) return [];
    return [{ task: tasks[index]!.id, rewards: faultless.map(({ reward }) => reward), rollouts: faultless }];
  });
  const all = played.flat();
  if (groups.length === 0 && before.length === 0) {
    const reason = all.findLast(({ trace }) => trace.reason !== undefined)?.trace.reason;
    throw new EndpointError(
      `step ${step}: none of the ${tasks.length} groups has two rollouts without a fault${reason === undefined ? "" : `; the last: ${reason}`}`,
      "lasting",
    );
  }
  return { played: all, groups };
}
