import type { Curriculum } from "../../curriculum/define-curriculum.ts";
import type { Stage } from "../../curriculum/stage.ts";
import { stageTasks } from "../../curriculum/stage-tasks.ts";
import { observe, startEpisode } from "../../episode/episode.ts";
import type { EpisodeSetting } from "../../episode/setting.ts";
import { groundTruthPolicy } from "../../rollout/scripted-policies.ts";
import type { Split } from "../../task/parts.ts";
import type { Algorithm } from "../algorithm/algorithm.ts";
import { type EpisodeShape, plannedTokens } from "../algorithm/planned-tokens.ts";
import { supervisedEpisode } from "../tokens/supervised-episode.ts";
import { stageSetting } from "./stage-setting.ts";
import type { Budget, Playground } from "./train-options.ts";

/** Ground truths that are played to see how long episodes are. */
const mostPlayed = 32;

export interface StagePlan {
  readonly stage: string;
  readonly tasks: number;
  readonly batch: Stage["batch"];
  /** As many as the budget leaves of those that there may be. */
  readonly steps: number;
  /** Tokens of the first prompts. */
  readonly prompt: { readonly mean: number; readonly longest: number };
  readonly tokens: ReturnType<typeof plannedTokens>;
}

export interface PlanOptions extends Playground {
  readonly curriculum: Curriculum;
  readonly split: Split;
  readonly algorithm: Algorithm;
  readonly seed: number;
  readonly validateEvery: number;
  readonly budget: Budget;
}

/** What each stage takes, should every one last as long as it may: prompts are counted, the rest is as the ground truths have it. */
export async function stagePlans(options: PlanOptions): Promise<StagePlan[]> {
  const { curriculum, split, algorithm, seed, validateEvery, budget, format } = options;
  const plans: StagePlan[] = [];
  let left = budget.steps ?? Number.MAX_SAFE_INTEGER;
  for (const stage of curriculum.stages) {
    const settings = stageTasks(stage, split, seed).map((task) =>
      stageSetting(options, stage, task, { steps: 0, seed }),
    );
    const prompts = settings.map(
      (setting) => format.encode(format.render(observe(setting, startEpisode(setting)).messages)).length,
    );
    const { tasks = stage.batch.tasks, groupSize = stage.batch.groupSize } = algorithm.batch;
    const isSupervised = algorithm.loss.name === "cross_entropy";
    const batch = { tasks, groupSize: isSupervised ? 1 : groupSize };
    const steps = Math.min(
      left,
      stage.transition.when === "fixedSteps" ? stage.transition.steps : stage.transition.maximumSteps,
    );
    left -= steps;
    const episode = await shapeOf(settings, options);
    plans.push({
      ...{ stage: stage.name, tasks: settings.length, batch, steps },
      prompt: { mean: sum(prompts) / prompts.length, longest: prompts.reduce((a, b) => Math.max(a, b), 0) },
      tokens: plannedTokens({
        ...{ episode, ...batch, steps, kl: algorithm.kl !== false },
        ...(validateEvery > 0
          ? { validation: { episode, episodes: 2 * split.validation.length, every: validateEvery } }
          : {}),
      }),
    });
  }
  return plans;
}

/** Means over some of the ground truths, spread evenly. */
async function shapeOf(settings: readonly EpisodeSetting[], playground: Playground): Promise<EpisodeShape> {
  const every = Math.ceil(settings.length / mostPlayed);
  const chosen = settings.filter((_, index) => index % every === 0);
  let [prompt, messages, said, all] = [0, 0, 0, 0];
  for (const setting of chosen) {
    const { segments, promptTokens, sampledTokens } = await supervisedEpisode(setting, groundTruthPolicy, playground);
    prompt += promptTokens;
    said += sampledTokens;
    for (const { tokens, actions } of segments) {
      all += tokens.length;
      messages += actions.filter((isAction, at) => isAction && !actions[at - 1]).length;
    }
  }
  const between = Math.max(0, messages - chosen.length);
  return {
    promptTokens: prompt / chosen.length,
    messages: messages / chosen.length,
    messageTokens: said / Math.max(1, messages),
    betweenTokens: between === 0 ? 0 : Math.max(0, all - prompt - said) / between,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
