import type { Split } from "../task/parts.ts";
import { DataError } from "../task/problem.ts";
import { type StagePlan, stagePlans } from "../training/loop/plan.ts";
import type { Playground } from "../training/loop/train-options.ts";
import { table } from "./table.ts";
import type { TrainCommandOptions } from "./train-options.ts";

/** What a run would do and what that takes, for a terminal. */
export async function planText(options: TrainCommandOptions, split: Split, playground: Playground): Promise<string> {
  if (options.preset === "sft" && options.budget.steps === undefined)
    throw new DataError("--dry-run: say with --steps how long --preset sft is to go on");
  const plans = await stagePlans({ ...options, ...playground, split });
  const total = (of: (plan: StagePlan) => number) => plans.reduce((sum, plan) => sum + of(plan), 0);
  const rows = plans.map((plan) => [
    plan.stage,
    whole(plan.tasks),
    `${plan.batch.tasks} x ${plan.batch.groupSize}`,
    whole(plan.steps),
    `${whole(plan.prompt.mean)} / ${whole(plan.prompt.longest)}`,
    whole(plan.tokens.step.prompt),
    whole(plan.tokens.step.sampled),
    whole(plan.tokens.stage.uncachedPrompt + plan.tokens.stage.sampled),
  ]);
  const head = ["stage", "tasks", "tasks x group", "steps at most", "prompt mean / longest"];
  const lines = [
    `train ${split.train.length} tasks, validation ${split.validation.length}, test ${split.test.length}; preset ${options.preset}`,
    table([...head, "prompt tokens a step", "sampled a step", "tokens in all"], rows),
    `in all: ${whole(total(({ tokens }) => tokens.stage.prompt))} prompt tokens (${whole(total(({ tokens }) => tokens.stage.uncachedPrompt))} with a prefix cache), ${whole(total(({ tokens }) => tokens.stage.sampled))} sampled, ${whole(total(({ tokens }) => tokens.stage.trained))} trained on`,
    "Estimated from the ground truths' own conversations: a model that errs takes more messages.",
  ];
  const long = plans.filter(({ prompt }) => prompt.longest >= options.contextTokens);
  for (const { stage, prompt } of long)
    lines.push(
      `${stage}: prompts of up to ${whole(prompt.longest)} tokens leave no room in --context-tokens ${options.contextTokens}`,
    );
  return lines.join("\n");
}

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
