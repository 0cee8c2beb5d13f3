import { sha256 } from "../core/canonical.ts";
import { compareCodePoints } from "../core/code-points.ts";
import type { Split } from "./parts.ts";
import { categories, type Task } from "./task.ts";

/**
 * Half of each category for training, the other half for test, as the Environment Tuning paper has it; it released no ids, so
 * which half is the seed's choice. Categories are halved independently: most test tasks have a sibling in train.
 */
export function splitLikePaper(tasks: readonly Task[], seed: number): Split {
  const train = new Set<string>();
  for (const category of categories) {
    const ids = tasks.filter((task) => task.category === category).map(({ id }) => id);
    const shuffled = ids
      .map((id): readonly [string, string] => [sha256(`${seed}\n${category}\n${id}`), id])
      .sort(([a], [b]) => compareCodePoints(a, b));
    for (const [, id] of shuffled.slice(0, Math.floor(ids.length / 2))) train.add(id);
  }
  return {
    train: tasks.filter(({ id }) => train.has(id)),
    validation: [],
    test: tasks.filter(({ id }) => !train.has(id)),
  };
}
