import { seededRandom } from "../../../../src/core/seeded-random.ts";
import type { SeededRandom } from "../../../../src/generate/index.ts";
import { canonicalJson, type Environment, Task, type TaskTurn } from "../../../../src/index.ts";

/** A conversation as a template makes it. */
export interface Conversation {
  readonly config: object;
  readonly turns: readonly Pick<TaskTurn, "user" | "groundTruth">[] | readonly TaskTurn[];
}

/** How many families are learnt from, and how many tested on. */
export const sizes = { tasks: 32, heldOut: 16 } as const;

/** Draws conversations from a template until there are enough that differ; each is a family of its own. */
export function composeTasks(
  environment: Environment,
  count: number,
  seed: string,
  compose: (random: SeededRandom, index: number) => Conversation,
): Task[] {
  const random = seededRandom(`${environment.name} ${seed}`);
  const made = new Map<string, Task>();
  for (let draws = 0; made.size < count; draws++) {
    if (draws > 100 * count) throw new Error(`${environment.name}: the template has not ${count} conversations`);
    const { config, turns } = compose(random, made.size);
    const key = canonicalJson({ config, turns });
    const id = `${environment.name}_${seed}_${made.size}`;
    if (made.has(key)) continue;
    made.set(
      key,
      Task.parse({
        ...{ id, family: id, category: "base", environments: [environment.name] },
        config: { [environment.name]: config },
        turns,
      }),
    );
  }
  return [...made.values()];
}

/** The first families to learn from, the others to be tested on. */
export const parted = (tasks: readonly Task[]): { readonly tasks: Task[]; readonly heldOut: Task[] } => ({
  tasks: tasks.slice(0, sizes.tasks),
  heldOut: tasks.slice(sizes.tasks),
});

/** Learnt from and tested on, of one template. */
export const composed = (environment: Environment, compose: (random: SeededRandom, index: number) => Conversation) =>
  parted(composeTasks(environment, sizes.tasks + sizes.heldOut, "planted", compose));
