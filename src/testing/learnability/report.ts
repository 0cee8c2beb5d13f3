import type { Interval } from "../../grading/interval.ts";
import type { ArmName } from "./arms.ts";
import type { HintEffect } from "./hint-effects.ts";
import type { Problem } from "./problem.ts";

/** What one arm came to. Every list has one entry a seed; shares and progress are from 0 to 1. */
export interface ArmReport {
  readonly arm: ArmName;
  /** Mean progress on the held-out families with hints off, after training: the primary measure. */
  readonly testProgress: readonly number[];
  /** Episodes of the held-out families all of whose turns were achieved. */
  readonly testPassed: readonly number[];
  /** As `testProgress`, but with the arm's hints on. */
  readonly testProgressHinted: readonly number[];
  /** Progress on the tasks trained on, hints off, after training. */
  readonly trainProgress: readonly number[];
  /** The mean of test progress over the course of training: how early it rose. */
  readonly areaUnderCurve: readonly number[];
  readonly mean: number;
  /** Of the mean of `testProgress`, 95%, by bootstrap over seeds; absent with one seed. */
  readonly interval?: Interval;
  /** Test progress, mean over seeds, after so many updates. */
  readonly curve: readonly { readonly update: number; readonly progress: number; readonly passed: number }[];
  /** Groups of episodes, after the syntax stage, that all earned the same and so taught nothing. */
  readonly flatGroups: number;
  /**
   * Choices right after a hint in training, and after which share of them the failed tool succeeded later in the turn: of those that did
   * what the hint spoke of, and of the others. A share is absent where there were none.
   */
  readonly repairs: { readonly hints: number; readonly followed?: number; readonly others?: number };
}

/** One arm minus another in the test progress of the same seeds. */
export interface Contrast {
  /** As in "guide - shuffled". */
  readonly name: string;
  readonly mean: number;
  /** 95%, by bootstrap over paired seeds; absent with one seed. */
  readonly low?: number;
  readonly high?: number;
  /** The same of the area under the curve. */
  readonly area: { readonly mean: number; readonly low?: number; readonly high?: number };
}

export interface LearnabilityReport {
  readonly subject: string;
  readonly seeds: number;
  /** The first of them: with it and the other numbers the same report can be had again. */
  readonly seed: number;
  readonly updates: number;
  readonly groupSize: number;
  readonly tasksPerUpdate: number;
  readonly tasks: number;
  readonly heldOut: number;
  /** Test progress before any training, mean over seeds, and what the ground truth earns on the tasks to learn from. */
  readonly before: number;
  readonly witness: number;
  readonly arms: readonly ArmReport[];
  readonly contrasts: readonly Contrast[];
  /** What doing as hints say is worth right after a failed call, apart from any training; empty where too few families fail. */
  readonly hintEffects: readonly HintEffect[];
  readonly problems: readonly Problem[];
}
