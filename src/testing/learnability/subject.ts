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

/** Throws where the sides of a subject do not make a test: one is empty, a family is on both, or an id stands for two tasks. */
export function checkSides({ name, tasks, heldOut }: Pick<LearnabilitySubject, "name" | "tasks" | "heldOut">): void {
  const learned = new Set(tasks.map(({ family }) => family));
  const both = heldOut.find(({ family }) => learned.has(family));
  if (both)
    throw new Error(`${name}: family '${both.family}' is learned from and tested on; a family is on one side alone`);
  if (tasks.length === 0 || heldOut.length === 0)
    throw new Error(
      `${name}: the probe needs tasks of two families at least, to learn from one and be tested on the other; give tasks of more families`,
    );
  const ids = new Set<string>();
  for (const { id } of [...tasks, ...heldOut]) {
    if (ids.has(id)) throw new Error(`${name}: two tasks have the id '${id}'; give each its own`);
    ids.add(id);
  }
}
