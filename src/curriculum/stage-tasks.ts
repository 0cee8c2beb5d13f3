import { sha256 } from "../core/canonical.ts";
import { compareCodePoints } from "../core/code-points.ts";
import type { Split } from "../task/parts.ts";
import type { Task } from "../task/task.ts";
import type { Stage } from "./stage.ts";

/**
 * The tasks that a stage learns from, in the order in which the train part has them; nothing else of the split is looked at.
 * Throws where none is left.
 */
export function stageTasks({ name, data }: Pick<Stage, "name" | "data">, { train }: Split, seed: number): Task[] {
  const { categories, environments, most } = data;
  const fitting = train.filter(
    (task) =>
      (!categories || categories.includes(task.category)) &&
      (!environments || task.environments.every((environment) => environments.includes(environment))),
  );
  if (fitting.length === 0)
    throw new Error(
      `stage '${name}': none of the ${train.length} train tasks passes its data filter; widen its categories or environments`,
    );
  return most === undefined ? fitting : easiest(fitting, most, seed);
}

/** The tasks with the fewest calls in the ground truth, among those the ones with the fewest turns; the seed decides ties. */
function easiest(tasks: readonly Task[], most: number, seed: number): Task[] {
  const keyed = tasks.map((task) => ({
    id: task.id,
    calls: task.turns.reduce((sum, { groundTruth }) => sum + groundTruth.length, 0),
    turns: task.turns.length,
    draw: sha256(`easiest\n${seed}\n${task.id}`),
  }));
  keyed.sort((a, b) => a.calls - b.calls || a.turns - b.turns || compareCodePoints(a.draw, b.draw));
  const chosen = new Set(keyed.slice(0, most).map(({ id }) => id));
  return tasks.filter(({ id }) => chosen.has(id));
}
