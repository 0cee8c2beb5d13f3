import { stageTasks } from "../curriculum/stage-tasks.ts";
import { type EpisodeSetting, evaluationSetting, trainingSetting } from "../episode/setting.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { stageRules } from "../rollout/stage-rules.ts";
import { readExcludedIds, withoutExcluded } from "../task/excluded-ids.ts";
import { DataError } from "../task/problem.ts";
import { split } from "../task/split.ts";
import { categories, type Task } from "../task/task.ts";
import { type TaskSet, worldOf } from "./dataset.ts";
import type { RunOptions } from "./run-options.ts";

/** Makes a task's setting as its turn comes, and keeps it. */
export function preparation(taskSet: TaskSet, options: RunOptions): (task: Task) => EpisodeSetting {
  const prepared = new Map<string, EpisodeSetting>();
  return (task) => {
    let known = prepared.get(task.id);
    if (!known) {
      const truth = replayGroundTruth(task, worldOf(taskSet).environmentOf(task.environments), taskSet.extension);
      known = settingOf(truth, taskSet, options);
      prepared.set(task.id, known);
    }
    return known;
  };
}

/** A stage's setting is that of training; else the model is evaluated. */
function settingOf(truth: GroundTruth, taskSet: TaskSet, options: RunOptions): EpisodeSetting {
  const { documents } = taskSet;
  const { profile, renderer, prompt, hints: level, seed, stage } = options;
  const shown = { profile, renderer, documents, ...(prompt ? { prompt } : {}) };
  const given = level === "off" ? undefined : { library: worldOf(taskSet).hints, level, seed: String(seed) };
  if (!stage) return evaluationSetting(truth, shown, given);
  return trainingSetting(truth, {
    ...shown,
    rules: stageRules(stage),
    turnFeedback: stage.turnFeedback,
    ...(given ? { hints: given } : {}),
  });
}

/** The tasks that options leave over, in their order; of a stage, those that it trains on. Tasks are left out after a split, which stays the same. */
export async function chosen({ name, tasks: all }: TaskSet, options: RunOptions): Promise<Task[]> {
  const { stage, without } = options;
  const whole = stage ? stageTasks(stage, split(all, { by: "family" }), 0) : all;
  const tasks = without === undefined ? whole : withoutExcluded(whole, await readExcludedIds(without), without);
  const wanted: readonly string[] = options.categories ?? categories;
  const { limit = Number.POSITIVE_INFINITY } = options;
  const taken = new Map<string, number>();
  const left = tasks.filter(({ category }) => {
    const count = (taken.get(category) ?? 0) + 1;
    taken.set(category, count);
    return wanted.includes(category) && count <= limit;
  });
  if (left.length === 0) throw new DataError(`--category ${wanted.join(",")}: ${name} has no such task`);
  return left;
}
