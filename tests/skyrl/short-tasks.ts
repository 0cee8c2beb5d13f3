import { environmentOf } from "../../environments/index.ts";
import { prompts } from "../../src/episode/prompts.ts";
import type { Renderer } from "../../src/episode/renderer.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { groundTruthPolicy } from "../../src/rollout/scripted-policies.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";
import type { Task } from "../../src/task/task.ts";
import type { ChatFormat } from "../../src/training/tokens/chat-format.ts";
import { supervisedEpisode } from "../../src/training/tokens/supervised-episode.ts";

export interface ShortTask {
  readonly task: Task;
  /** Of the first prompt, and of the conversation in which the ground truth's calls are made. */
  readonly tokens: { readonly prompt: number; readonly whole: number };
}

/**
 * The first turns of the bundled tasks that take a single environment, as far as their conversations keep to so many tokens: what a
 * CPU can train on in minutes.
 */
export async function shortTasks(format: ChatFormat, renderer: Renderer, mostTokens: number): Promise<ShortTask[]> {
  const found: ShortTask[] = [];
  for (const task of await loadBundledTasks(environmentOf)) {
    const { holdOut: _, ...turn } = task.turns[0]!;
    if (task.environments.length > 1 || task.longContext || turn.groundTruth.length === 0) continue;
    const short: Task = { ...task, category: "base", turns: [turn] };
    const truth = replayGroundTruth(short, environmentOf(short.environments));
    const setting = trainingSetting(truth, { profile: profiles.strict, renderer, prompt: prompts.standard });
    const options = { format, thoughtHistory: "kept", contextTokens: Number.POSITIVE_INFINITY } as const;
    const { segments, promptTokens } = await supervisedEpisode(setting, groundTruthPolicy, options);
    const whole = segments[0]!.tokens.length;
    if (whole <= mostTokens) found.push({ task: short, tokens: { prompt: promptTokens, whole } });
  }
  return found;
}
