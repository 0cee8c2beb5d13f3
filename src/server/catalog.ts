import type { Environment } from "../core/environment.ts";
import type { HintLibrary, HintSource } from "../feedback/feedback.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import type { Dataset } from "../task/dataset.ts";
import type { Task } from "../task/task.ts";

/** What a server serves: tasks, by id and in splits, and the environments they run in. */
export interface Catalog {
  /** As clients name it in the Task API: lower case letters, digits, `_` and `-`. */
  readonly name: string;
  readonly description: string;
  readonly tasks: readonly Task[];
  /** By name, in order; `all` where no other is given. */
  readonly splits: Readonly<Record<string, readonly Task[]>>;
  /** The environments that can be acted in, by name. */
  readonly environments: readonly string[];
  readonly hints: HintLibrary | HintSource;
  readonly documents: Dataset["documents"];
  environmentOf(names: readonly string[]): Environment;
  taskOf(id: string): Task | undefined;
  /** Replayed at the first call, and kept. */
  truthOf(task: Task): GroundTruth;
}

export interface CatalogOptions {
  readonly name: string;
  readonly description?: string;
  readonly tasks: readonly Task[];
  readonly splits?: Readonly<Record<string, readonly Task[]>>;
  /** Those of the tasks unless given. */
  readonly environments?: readonly string[];
  readonly environmentOf: (names: readonly string[]) => Environment;
  readonly hints?: HintLibrary | HintSource;
  readonly documents?: Dataset["documents"];
  /** What long-context tasks add to their states. */
  readonly extension?: unknown;
}

/** Throws where there is no task, where two share an id, or where the name is none. */
export function createCatalog(options: CatalogOptions): Catalog {
  const { tasks, environmentOf, hints = {}, documents = {}, extension } = options;
  if (tasks.length === 0) throw new Error(`${options.name}: there is no task to serve`);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  if (byId.size < tasks.length) {
    const twice = tasks.find((task) => byId.get(task.id) !== task)!;
    throw new Error(`${options.name}: two tasks have the id '${twice.id}'`);
  }
  const name = options.name.toLowerCase().replace(/[^a-z0-9_-]+/g, "-");
  if (!/[a-z0-9]/.test(name)) throw new Error(`'${options.name}': a catalog's name needs letters (a-z) or digits`);
  const truths = new Map<Task, GroundTruth>();
  return {
    name,
    description: options.description ?? `${tasks.length} tasks of ${options.name}, each a conversation with tools`,
    tasks,
    splits: options.splits ?? { all: tasks },
    environments: options.environments ?? [...new Set(tasks.flatMap(({ environments }) => environments))],
    hints,
    documents,
    environmentOf,
    taskOf: (id) => byId.get(id),
    truthOf(task) {
      let truth = truths.get(task);
      if (!truth) {
        truth = replayGroundTruth(task, environmentOf(task.environments), extension);
        if (byId.get(task.id) === task) truths.set(task, truth);
      }
      return truth;
    },
  };
}
