import type { Environment } from "../core/environment.ts";
import { joinEnvironments } from "../core/join.ts";
import type { Hints } from "../feedback/define-hints.ts";
import type { HintLibrary } from "../feedback/feedback.ts";
import type { Requests } from "../generate/define-requests.ts";
import { suggestion } from "../task/issue.ts";
import { parseTasks } from "../task/load.ts";
import { DataError } from "../task/problem.ts";
import type { Task } from "../task/task.ts";
import { lawOptionNames } from "./laws/check-options.ts";
import type { LawOptions } from "./laws/law-options.ts";

/** What a module of one's own exports: hints with their environments, and what to try them on. */
export interface EnvironmentModule {
  readonly name: string;
  readonly library: HintLibrary;
  /** None where the module exports a config alone. */
  readonly tasks: readonly Task[];
  /** Without tasks: a task that asks for nothing, as a place to wander from. */
  readonly start: Task | undefined;
  /** How users speak of the environments, where the module says it. */
  readonly requests: readonly Requests[];
  /** How the laws are tried on its environments, by name, and what baseline policies may earn: for `verify`. */
  readonly laws: Readonly<Record<string, Partial<LawOptions>>>;
  readonly bounds: Readonly<Record<string, number>>;
  readonly environmentOf: (names: readonly string[]) => Environment;
}

/**
 * Reads a module by what its exports are, whatever they are called: hints made by `defineHints`, which bring their environments;
 * `tasks`, a list of tasks; or else `config`, the config of the environment. Throws a `DataError` that says what is missing.
 */
export function environmentModuleOf(module: object, name: string): EnvironmentModule {
  const exported = module as Readonly<Record<string, unknown>>;
  const library = libraryIn(name, exported);
  const environmentOf = (names: readonly string[]): Environment => joined(library, names);
  const { tasks, config } = exported;
  if (tasks === undefined && config === undefined)
    throw new DataError(
      `${name}: there are hints, but nothing to try them on; export 'tasks', a list of tasks, or 'config', a config of ${Object.keys(library).join(", ")}`,
    );
  return {
    ...{ name, library, requests: requestsIn(exported), environmentOf },
    tasks: tasks === undefined ? [] : readTasks(name, tasks, environmentOf),
    start: tasks === undefined ? startFrom(name, library, config) : undefined,
    laws: lawsIn(name, exported.laws, Object.keys(library)),
    bounds: boundsIn(name, exported.bounds),
  };
}

function libraryIn(name: string, exported: Readonly<Record<string, unknown>>): HintLibrary {
  const found = Object.values(exported).flatMap((value) =>
    isHints(value) ? [value] : isRecord(value) ? Object.values(value).filter(isHints) : [],
  );
  if (found.length > 0) return Object.fromEntries(found.map((one) => [one.environment.name, one]));
  const environment = Object.entries(exported).find(([, value]) => isEnvironment(value));
  throw new DataError(
    environment
      ? `${name}: '${environment[0]}' is an environment, but nothing exported holds its hints; export what defineHints(${environment[0]}, …) returns`
      : `${name}: no export is an environment's hints; export what defineHints(environment, …) returns`,
  );
}

/** `laws` are options by environment, or for a single environment the options themselves. */
function lawsIn(name: string, laws: unknown, environments: readonly string[]): EnvironmentModule["laws"] {
  if (laws === undefined) return {};
  const wrong = (what: string) => new DataError(`${name}: 'laws' ${what}`);
  if (!isRecord(laws)) throw wrong("must be options of checkLaws, by the name of an environment");
  const byName = Object.keys(laws).every((key) => environments.includes(key));
  const [only, another] = environments;
  const all = byName ? laws : { [only!]: laws };
  for (const [environment, options] of Object.entries(all)) {
    if (!isRecord(options)) throw wrong(`must be options of checkLaws for ${environment}`);
    for (const option of Object.keys(options))
      if (!lawOptionNames.includes(option))
        throw wrong(
          `has '${option}', which is no option of checkLaws (${lawOptionNames.join(", ")})${byName ? "" : ` and no environment (${environments.join(", ")})`}`,
        );
  }
  if (!byName && another !== undefined)
    throw wrong(`must say which environment each is for, as in { ${only}: { … }, ${another}: { … } }`);
  return all as EnvironmentModule["laws"];
}

function boundsIn(name: string, bounds: unknown = {}): EnvironmentModule["bounds"] {
  if (isRecord(bounds) && Object.values(bounds).every((bound) => typeof bound === "number" && bound >= 0 && bound <= 1))
    return bounds as EnvironmentModule["bounds"];
  throw new DataError(
    `${name}: 'bounds' must be numbers from 0 to 1 by the name of a policy, as in { "act-early": 0.3 }`,
  );
}

function readTasks(
  name: string,
  tasks: unknown,
  environmentOf: (names: readonly string[]) => Environment,
): readonly Task[] {
  if (!Array.isArray(tasks) || tasks.length === 0)
    throw new DataError(`${name}: 'tasks' must be a list of at least one task`);
  const read = parseTasks(tasks.map((task, index) => line(name, task, index)).join("\n"), {
    environmentOf,
    file: name,
    list: "tasks",
  });
  if (read.problems.length > 0) throw new DataError(`${name}: 'tasks' cannot be used`, read.problems);
  return read.tasks;
}

function line(name: string, task: unknown, index: number): string {
  try {
    return JSON.stringify(task) ?? "null";
  } catch (error) {
    throw new DataError(`${name}: tasks[${index}] is no JSON: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** A task without a ground truth. */
function startFrom(name: string, library: HintLibrary, config: unknown): Task {
  const names = Object.keys(library);
  const [only] = names;
  const configs = names.length === 1 ? { [only!]: config } : config;
  if (!isRecord(configs))
    throw new DataError(`${name}: 'config' must hold a config for each of ${names.join(", ")}, by name`);
  const stray = Object.keys(configs).find((key) => !names.includes(key));
  if (stray !== undefined) throw new DataError(`${name}: config.${stray}: ${suggestion(stray, names)}`);
  for (const one of names)
    try {
      library[one]!.environment.init((configs[one] ?? {}) as never);
    } catch (error) {
      throw new DataError(`${name}: 'config': ${(error as Error).message}`);
    }
  return {
    ...{ id: "config", family: "config", category: "base", environments: names, longContext: false },
    config: configs as Task["config"],
    turns: [{ user: "", groundTruth: [] }],
  };
}

function joined(library: HintLibrary, names: readonly string[]): Environment {
  const parts = names.map((name) => {
    if (!Object.hasOwn(library, name))
      throw new Error(`no hints are exported for '${name}'; there are some for ${Object.keys(library).join(", ")}`);
    return [name, library[name]!.environment] as const;
  });
  return joinEnvironments(Object.fromEntries(parts), parts[0]![1].notation) as Environment;
}

function requestsIn(exported: Readonly<Record<string, unknown>>): readonly Requests[] {
  return Object.values(exported)
    .flatMap((value) => (isRecord(value) && !isRequests(value) ? Object.values(value) : [value]))
    .filter(isRequests);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isEnvironment = (value: unknown): value is Environment =>
  isRecord(value) && typeof value.step === "function" && isRecord(value.tools) && typeof value.name === "string";
const isRequests = (value: unknown): value is Requests =>
  isRecord(value) && isEnvironment(value.environment) && isRecord(value.tools) && isRecord(value.nouns);
const isHints = (value: unknown): value is Hints =>
  isRecord(value) && isEnvironment(value.environment) && isRecord(value.rules);
