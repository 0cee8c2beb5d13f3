import type { Environment } from "../../core/environment.ts";
import type { HintLibrary } from "../../feedback/feedback.ts";
import { type GroundTruth, replayGroundTruth } from "../../grading/ground-truth.ts";
import type { Dataset } from "../../task/dataset.ts";
import type { Task } from "../../task/task.ts";
import type { LawOptions } from "../laws/law-options.ts";

/** Environments and tasks to be looked at, and what their author says of them. */
export interface VerifySubject {
  readonly name: string;
  /** SHA-256 of the tasks and what belongs to them. */
  readonly hash: string;
  /** By the names that tasks use. */
  readonly environments: Readonly<Record<string, Environment>>;
  readonly hints: HintLibrary;
  readonly environmentOf: (names: readonly string[]) => Environment;
  readonly tasks: readonly Task[];
  /** Where there are no tasks: one that asks for nothing, as a place to wander from. */
  readonly start?: Task;
  readonly documents?: Dataset["documents"];
  readonly extension?: unknown;
  /** How the laws are tried, by environment; where none is given, from the tasks' own configs. */
  readonly laws?: Readonly<Record<string, Partial<LawOptions>>>;
  /** What a baseline policy may earn at most, by its name, in place of the usual bound. */
  readonly bounds?: Readonly<Record<string, number>>;
  readonly seed: string;
  /** Fewer programs and samples. */
  readonly quick: boolean;
}

/** The ground truth of a task, replayed anew: kept for all tasks, long contexts fill the memory. */
export const truthOf = ({ environmentOf, extension }: VerifySubject, task: Task): GroundTruth =>
  replayGroundTruth(task, environmentOf(task.environments), extension);
