import { parts, type Split } from "../task/parts.ts";
import type { ValidationFigures } from "./history.ts";
import { mean } from "./numbers.ts";

/** How one validation episode went. */
export interface ValidationOutcome {
  readonly task: string;
  readonly isSolved: boolean;
  /** What it earned, by reward spec. */
  readonly rewards?: Readonly<Record<string, number>>;
}

/** The figures of a validation. Throws where there are none, and where a task is not of the split's validation part. */
export function validationFigures(split: Split, outcomes: readonly ValidationOutcome[]): ValidationFigures {
  if (outcomes.length === 0)
    throw new Error(
      split.validation.length === 0
        ? 'the split has no validation tasks, and transitions may read no others; use split(tasks, { by: "family" })'
        : "no validation outcomes were given; play the tasks of split.validation",
    );
  const validation = new Set(split.validation.map(({ id }) => id));
  for (const { task } of outcomes) {
    if (validation.has(task)) continue;
    const part = parts.find((each) => split[each].some(({ id }) => id === task));
    const place = part === undefined ? "in no part of the split" : `a ${part} task`;
    throw new Error(`'${task}' is ${place}; transitions read validation tasks only: play those of split.validation`);
  }
  const specs = Object.keys(outcomes[0]!.rewards ?? {});
  const rewards = specs.map((spec) => [spec, mean(outcomes.map((outcome) => rewardUnder(spec, outcome)))] as const);
  return {
    part: "validation",
    tasks: new Set(outcomes.map(({ task }) => task)).size,
    accuracy: mean(outcomes.map(({ isSolved }) => (isSolved ? 1 : 0))),
    ...(specs.length > 0 ? { rewards: Object.fromEntries(rewards) } : {}),
  };
}

function rewardUnder(spec: string, { task, rewards }: ValidationOutcome): number {
  const reward = rewards?.[spec];
  if (reward === undefined) throw new Error(`the validation of '${task}' has no reward '${spec}', which others have`);
  return reward;
}
