import { sha256 } from "../core/canonical.ts";
import { compareCodePoints } from "../core/code-points.ts";
import { seededRandom } from "../core/seeded-random.ts";
import type { Task } from "../task/task.ts";
import type { Sampling } from "./stage.ts";
import { isInBand, type TaskStatistics } from "./task-statistics.ts";

export interface Draw {
  readonly sampling: Sampling;
  /** Tasks to draw. */
  readonly count: number;
  readonly seed: number;
  /** The step that the batch is for, from 0; successive steps go on where the one before ended. */
  readonly step: number;
  /** Of the rollouts so far; `boundary` reads them. */
  readonly statistics?: TaskStatistics;
  /** Ids not to draw again, such as those of a batch that is being refilled. */
  readonly except?: readonly string[];
}

/**
 * The tasks of a batch. The same tasks, in whatever order, and the same draw give the same batch; a task comes twice only where
 * there are fewer tasks than places, or where two rounds over the tasks meet inside a batch.
 */
export function drawBatch(tasks: readonly Task[], draw: Draw): Task[] {
  const except = new Set(draw.except);
  const open = tasks.filter(({ id }) => !except.has(id)).sort((a, b) => compareCodePoints(a.id, b.id));
  if (open.length === 0) return [];
  const { sampling, count, step, statistics = {} } = draw;
  // A refill is a draw of its own: going on in the sequence would take the next step's tasks from it.
  const seed = except.size > 0 ? `${draw.seed} step ${step} without ${[...except].sort().join(" ")}` : `${draw.seed}`;
  const first = except.size > 0 ? 0 : step * count;
  switch (sampling.by) {
    case "uniform":
      return rounds([open], first, count, seed);
    case "balanced":
      return rounds(groupsOf(open, sampling.over), first, count, seed);
    case "boundary": {
      const weightOf = ({ id }: Task) => {
        const statistic = Object.hasOwn(statistics, id) ? statistics[id] : undefined;
        if (!statistic) return sampling.weights.unseen;
        return isInBand(statistic, sampling.band) ? sampling.weights.inBand : sampling.weights.outside;
      };
      return weighted(open, weightOf, count, `${seed} ${step}`);
    }
  }
}

/** Places `first` onward of an endless sequence: the groups take turns, and each goes round its own tasks, shuffled every time. */
function rounds(groups: readonly (readonly Task[])[], first: number, count: number, seed: string): Task[] {
  const orders = new Map<string, readonly unknown[]>();
  const order = <T>(items: readonly T[], round: number, salt: string, keyOf: (item: T) => string): readonly T[] => {
    const key = `${seed}\n${salt}\n${round}`;
    if (!orders.has(key)) orders.set(key, shuffled(items, key, keyOf));
    return orders.get(key) as readonly T[];
  };
  return Array.from({ length: count }, (_, index) => {
    const place = first + index;
    const turn = Math.floor(place / groups.length);
    const group = order(groups, turn, "groups", (each) => each[0]!.id)[place % groups.length]!;
    return order(group, Math.floor(turn / group.length), group[0]!.id, ({ id }) => id)[turn % group.length]!;
  });
}

function shuffled<T>(items: readonly T[], salt: string, keyOf: (item: T) => string): readonly T[] {
  return items
    .map((item) => ({ item, key: sha256(`${salt}\n${keyOf(item)}`) }))
    .sort((a, b) => compareCodePoints(a.key, b.key))
    .map(({ item }) => item);
}

function groupsOf(tasks: readonly Task[], over: "category" | "family" | "environments"): Task[][] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = over === "environments" ? [...task.environments].sort().join("+") : task[over];
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()];
}

/** Without replacement, each place by weight (Efraimidis and Spirakis: the largest u^(1/w)); anew once all are drawn. */
function weighted(tasks: readonly Task[], weightOf: (task: Task) => number, count: number, seed: string): Task[] {
  const drawn: Task[] = [];
  for (let round = 0; drawn.length < count; round++) {
    const keyed = tasks.map((task) => {
      const uniform = 1 - seededRandom(`weighted\n${seed}\n${round}\n${task.id}`).number();
      return { task, key: Math.log(uniform) / weightOf(task) };
    });
    keyed.sort((a, b) => b.key - a.key || compareCodePoints(a.task.id, b.task.id));
    drawn.push(...keyed.slice(0, count - drawn.length).map(({ task }) => task));
  }
  return drawn;
}
