import type { Environment } from "../../core/environment.ts";
import type { HintLibrary } from "../../feedback/feedback.ts";
import type { Reward } from "../../progress/reward.ts";
import type { Task } from "../../task/task.ts";

/** What is probed: environments with their hints, tasks to learn from, and tasks of other families to be tested on. */
export interface LearnabilitySubject {
  readonly name: string;
  /** The environment of a task, by the names that it gives. */
  readonly environmentOf: (names: readonly string[]) => Environment;
  readonly hints: HintLibrary;
  readonly tasks: readonly Task[];
  readonly heldOut: readonly Task[];
  /** The reward to learn from where it is not `progress`: one of the author's own, with values from 0 to 1. */
  readonly reward?: Reward;
  /** What long-context mode adds. */
  readonly extension?: unknown;
}
