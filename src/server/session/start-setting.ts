import { prompts } from "../../episode/prompts.ts";
import { renderers } from "../../episode/renderers/index.ts";
import { evaluationRules, trainingRules } from "../../episode/rules.ts";
import { type EpisodeSetting, trainingSetting } from "../../episode/setting.ts";
import type { HintLevel } from "../../feedback/level.ts";
import type { LevelMix } from "../../feedback/level-mix.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { profiles } from "../../grading/profile.ts";
import { suggestion } from "../../task/issue.ts";
import type { Task } from "../../task/task.ts";
import type { Catalog } from "../catalog.ts";
import { badOptions, type ResetOptions } from "./reset-options.ts";
import { SessionError } from "./session-error.ts";

/** What an episode gets that asks for nothing in particular. */
export interface Unasked {
  /** The task where the options name none and have no seed. */
  readonly nextTask: () => Task;
  /** The seed of the draws of hints: another one each time, so that an episode repeated draws anew. */
  readonly nextSeed: () => number;
}

/** The setting that options ask for. */
export function settingFor(catalog: Catalog, options: ResetOptions, { nextTask, nextSeed }: Unasked): EpisodeSetting {
  const truth = options.environments
    ? freePlay(catalog, options)
    : catalog.truthOf(taskFor(catalog, options, nextTask));
  const { hints = "off", turn_feedback, prompt, step_limit: stepLimit, token_limit: tokenLimit } = options;
  const seed = options.seed ?? (typeof hints === "string" ? 0 : nextSeed());
  const rules = options.rules === "evaluation" ? evaluationRules : trainingRules;
  return trainingSetting(truth, {
    profile: profiles[options.profile ?? "strict"],
    renderer: renderers[options.renderer ?? "openai"],
    documents: catalog.documents,
    ...(prompt ? { prompt: prompts[prompt] } : {}),
    rules: {
      ...rules,
      ...(options.environments ? { withoutGroundTruth: "play" as const } : {}),
      ...(stepLimit === undefined ? {} : { stepLimit }),
      ...(tokenLimit === undefined ? {} : { tokenLimit }),
    },
    ...(hints === "off"
      ? {}
      : { hints: { library: catalog.hints, level: hints as HintLevel | LevelMix, seed: String(seed) } }),
    ...(turn_feedback ? { turnFeedback: turn_feedback } : {}),
  });
}

function taskFor({ tasks, splits, taskOf }: Catalog, options: ResetOptions, nextTask: () => Task): Task {
  const { task: id, split, index, seed } = options;
  if (id !== undefined) {
    const task = taskOf(id);
    if (task) return task;
    const ids = tasks.map((one) => one.id);
    const known =
      ids.length > 20 ? suggestion(id, ids).replace(/^there are .*/s, `there are ${ids.length}`) : suggestion(id, ids);
    throw new SessionError("unknownTask", `task: there is no '${id.slice(0, 100)}'; ${known}`);
  }
  if (index !== undefined) {
    const name = split ?? Object.keys(splits)[0]!;
    if (!Object.hasOwn(splits, name))
      throw new SessionError(
        "unknownTask",
        `split: there is no '${name.slice(0, 100)}'; ${suggestion(name, Object.keys(splits))}`,
      );
    const task = splits[name]![index];
    if (task) return task;
    throw new SessionError(
      "unknownTask",
      `index: ${index} is beyond the ${splits[name]!.length} tasks of split '${name}'`,
    );
  }
  return seed === undefined ? nextTask() : tasks[seed % tasks.length]!;
}

function freePlay(
  { environments, truthOf }: Catalog,
  { environments: names = [], config = {}, user }: ResetOptions,
): GroundTruth {
  const unknown = names.find((name) => !environments.includes(name));
  if (unknown !== undefined)
    throw badOptions(`environments: there is no '${unknown.slice(0, 100)}'; ${suggestion(unknown, environments)}`);
  if (new Set(names).size < names.length) throw badOptions("environments: name each of them once");
  const task: Task = {
    ...{ id: "free-play", family: "free-play", category: "base", environments: names, config, longContext: false },
    turns: [{ user: user ?? "", groundTruth: [] }],
  };
  try {
    return truthOf(task);
  } catch (error) {
    throw badOptions(`config: ${(error as Error).message}`);
  }
}
