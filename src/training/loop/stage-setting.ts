import { hintsAt, type Stage } from "../../curriculum/stage.ts";
import { prompts } from "../../episode/prompts.ts";
import { type EpisodeSetting, evaluationSetting, trainingSetting } from "../../episode/setting.ts";
import type { HintLevel } from "../../feedback/level.ts";
import { profiles } from "../../grading/profile.ts";
import { stageRules } from "../../rollout/stage-rules.ts";
import type { Task } from "../../task/task.ts";
import type { Playground } from "./train-options.ts";

/** A task as the stage trains on it when `steps` of its steps have been made. */
export function stageSetting(
  { truthOf, renderer, documents = {}, hints: library }: Playground,
  stage: Stage,
  task: Task,
  { steps, seed }: { readonly steps: number; readonly seed: number },
): EpisodeSetting {
  const level = hintsAt(stage, steps);
  return trainingSetting(truthOf(task), {
    ...{ profile: profiles.strict, renderer, documents, prompt: prompts[stage.prompt] },
    rules: stageRules(stage),
    turnFeedback: stage.turnFeedback,
    ...(level === "off" ? {} : { hints: { library, level, seed: `${seed} ${steps}` } }),
  });
}

/** A task as it is validated on: by the reference's rules and grading, under the stage's prompt, and without hints unless given. */
export function validationSetting(
  { truthOf, renderer, documents = {}, hints: library }: Playground,
  stage: Stage,
  task: Task,
  level: HintLevel,
): EpisodeSetting {
  const options = { profile: profiles.bfcl, renderer, documents, prompt: prompts[stage.prompt] };
  return evaluationSetting(truthOf(task), options, level === "off" ? undefined : { library, level });
}
