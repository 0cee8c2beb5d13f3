import { requests as bundledRequests, environmentOf, environments, hints } from "../../environments/index.ts";
import { DataError } from "../task/problem.ts";
import type { Task } from "../task/task.ts";
import { generatedSubject, givenSubject } from "../testing/learnability/make-subject.ts";
import type { LearnabilitySubject } from "../testing/learnability/subject.ts";
import { authorError } from "./author-error.ts";
import { requireTasks } from "./dataset.ts";
import { readReplayedModule } from "./replayed-module.ts";

export const taskSources = ["generated", "own"] as const;
export type TaskSource = (typeof taskSources)[number];

export interface Wanted {
  readonly module?: string;
  readonly dataset: string;
  /** All that tasks can be had of, unless given. */
  readonly environments?: readonly string[];
  readonly tasks?: TaskSource;
  readonly seed: number;
}

/** What is to be probed, one subject an environment. */
export async function learnabilitySubjects(wanted: Wanted): Promise<readonly LearnabilitySubject[]> {
  return wanted.module === undefined ? bundledSubjects(wanted) : moduleSubjects(wanted.module, wanted);
}

async function bundledSubjects(wanted: Wanted): Promise<readonly LearnabilitySubject[]> {
  const { tasks, extension } = await requireTasks(wanted.dataset);
  const source = wanted.tasks ?? "generated";
  const known = Object.keys(environments);
  const usable =
    source === "own" ? known.filter((name) => tasksIn(tasks, name).length > 0) : Object.keys(bundledRequests);
  return named(wanted.environments ?? usable, known).map((name) => {
    const own = tasksIn(tasks, name);
    if (source === "own") {
      if (own.length === 0)
        throw new DataError(`--tasks own: ${wanted.dataset} has no task in ${name} alone or with others`);
      const subject = tried(() => givenSubject({ name, hints: Object.values(hints), tasks: own, environmentOf }));
      return { ...subject, ...(extension ? { extension } : {}) };
    }
    const configs = own.map(({ config }) => config[name] ?? {});
    const { seed } = wanted;
    return tried(() =>
      generatedSubject({
        ...{ name, hints: hints[name]!, seed, requests: Object.values(bundledRequests) },
        configs: configs.length > 0 ? once(configs) : [{}],
      }),
    );
  });
}

async function moduleSubjects(path: string, wanted: Wanted): Promise<readonly LearnabilitySubject[]> {
  const module = await readReplayedModule(path);
  const all = module.truths.map(({ task }) => task);
  const names = named(wanted.environments ?? Object.keys(module.library), Object.keys(module.library));
  if (wanted.tasks === "own" && !module.hasTasks)
    throw new DataError(
      `--tasks own: ${path} exports no 'tasks', only a config; leave the option out to probe generated ones`,
    );
  if (wanted.tasks === "own") {
    const { library, environmentOf: join } = module;
    const tasks = wanted.environments === undefined ? all : names.flatMap((name) => tasksIn(all, name));
    return [
      tried(() =>
        givenSubject({ name: path, hints: Object.values(library), tasks: [...new Set(tasks)], environmentOf: join }),
      ),
    ];
  }
  return names.map((name) => {
    const configs = once(tasksIn(all, name).map(({ config }) => config[name] ?? {}));
    const { seed } = wanted;
    return tried(() =>
      generatedSubject({ name, seed, configs, hints: module.library[name]!, requests: module.requests }),
    );
  });
}

function named(names: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new DataError(`--environment: no environment is named '${unknown}'; there are ${known.join(", ")}`);
}

const tasksIn = (tasks: readonly Task[], name: string): readonly Task[] =>
  tasks.filter((task) => task.environments.includes(name) && task.category !== "long_context");

const once = (configs: readonly unknown[]): readonly unknown[] => [
  ...new Map(configs.map((config) => [JSON.stringify(config), config])).values(),
];

/** What is wrong with the tasks or configs is the user's to put right; what their code throws goes on with the place that it comes from. */
function tried<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (authorError(error) !== undefined) throw error;
    throw new DataError((error as Error).message);
  }
}
