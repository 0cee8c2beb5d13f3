import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Environment } from "../core/environment.ts";
import { joinEnvironments } from "../core/join.ts";
import type { Hints } from "../feedback/define-hints.ts";
import type { HintLibrary } from "../feedback/feedback.ts";
import type { Requests } from "../generate/define-requests.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { exists } from "../task/exists.ts";
import { parseTasks } from "../task/load.ts";
import { DataError } from "../task/problem.ts";
import type { Task } from "../task/task.ts";
import type { LawOptions } from "../testing/laws/law-options.ts";

/** What a module of one's own exports: hints with their environments, and what to try them on. */
export interface EnvironmentModule {
  readonly name: string;
  readonly library: HintLibrary;
  readonly truths: readonly GroundTruth[];
  /** Whether the truths are tasks; a config alone only gives states to wander through. */
  readonly hasTasks: boolean;
  /** How users speak of the environments, where the module says it. */
  readonly requests: readonly Requests[];
  /** How the laws are tried on its environments, by name, and what baseline policies may earn: for `verify`. */
  readonly laws: Readonly<Record<string, Partial<LawOptions>>>;
  readonly bounds: Readonly<Record<string, number>>;
  readonly environmentOf: (names: readonly string[]) => Environment;
}

/** Whether a path is a module of JavaScript or TypeScript, rather than a dataset. */
export const isModule = (path: string): boolean => /^\.[cm]?[jt]s$/.test(extname(path));

/**
 * Reads a module by what its exports are, whatever they are called: hints made by `defineHints`, which bring their environments;
 * `tasks`, a list of tasks; or else `config`, the config of the environment. Throws a `DataError` that says what is missing.
 */
export async function readEnvironmentModule(path: string): Promise<EnvironmentModule> {
  const exported = await importModule(path);
  const found = Object.values(exported).flatMap((value) =>
    isHints(value) ? [value] : isRecord(value) ? Object.values(value).filter(isHints) : [],
  );
  const hints = [...new Set(found)];
  if (hints.length === 0) {
    const environment = Object.entries(exported).find(([, value]) => isEnvironment(value));
    throw new DataError(
      environment
        ? `${path}: '${environment[0]}' is an environment, but nothing exported holds its hints; export what defineHints(${environment[0]}, …) returns`
        : `${path}: no export is an environment's hints; export what defineHints(environment, …) returns`,
    );
  }
  const library = Object.fromEntries(hints.map((one) => [one.environment.name, one]));
  const environmentOf = (names: readonly string[]): Environment => joined(library, names);
  const { tasks, config } = exported;
  if (tasks === undefined && config === undefined)
    throw new DataError(
      `${path}: there are hints, but nothing to try them on; export 'tasks', a list of tasks, or 'config', a config of ${Object.keys(library).join(", ")}`,
    );
  const all = tasks === undefined ? [wandering(library, config)] : readTasks(path, tasks, environmentOf);
  const truths = all.map((task) => replayGroundTruth(task, environmentOf(task.environments)));
  return {
    ...{ name: path, library, truths, hasTasks: tasks !== undefined, requests: requestsIn(exported), environmentOf },
    laws: lawsIn(path, exported.laws, Object.keys(library)),
    bounds: boundsIn(path, exported.bounds),
  };
}

/** `laws` are options by environment, or for a single environment the options themselves. */
function lawsIn(path: string, laws: unknown, names: readonly string[]): EnvironmentModule["laws"] {
  if (laws === undefined) return {};
  if (!isRecord(laws))
    throw new DataError(`${path}: 'laws' must be options of checkLaws, by the name of an environment`);
  const byName = Object.keys(laws).every((name) => names.includes(name));
  return byName ? (laws as EnvironmentModule["laws"]) : { [names[0]!]: laws };
}

function boundsIn(path: string, bounds: unknown = {}): EnvironmentModule["bounds"] {
  if (isRecord(bounds) && Object.values(bounds).every((bound) => typeof bound === "number"))
    return bounds as EnvironmentModule["bounds"];
  throw new DataError(`${path}: 'bounds' must be numbers by the name of a policy, as in { "act-early": 0.3 }`);
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const absolute = resolve(path);
  if (!(await exists(absolute))) throw new DataError(`${path}: there is no such file`);
  try {
    return await importOf(absolute);
  } catch (error) {
    throw new DataError(`${path} cannot be imported: ${(error as Error).message}`);
  }
}

/** Node imports TypeScript from 22.18 on; before that, jiti takes the types away. */
async function importOf(absolute: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(absolute).href);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    const { createJiti } = await import("jiti").catch(() => {
      throw new Error(
        `Node ${process.versions.node} does not run TypeScript; build it to JavaScript, or use Node 22.18 or later`,
      );
    });
    return createJiti(import.meta.url, { fsCache: false }).import(absolute);
  }
}

function readTasks(
  path: string,
  tasks: unknown,
  environmentOf: (names: readonly string[]) => Environment,
): readonly Task[] {
  if (!Array.isArray(tasks) || tasks.length === 0)
    throw new DataError(`${path}: 'tasks' must be a list of at least one task`);
  const text = tasks.map((task) => JSON.stringify(task)).join("\n");
  const read = parseTasks(text, { environmentOf, file: `${path} tasks` });
  if (read.problems.length > 0) throw new DataError(`${path}: 'tasks' cannot be used`, read.problems);
  return read.tasks;
}

/** A task without a ground truth: a place to start from. */
function wandering(library: HintLibrary, config: unknown): Task {
  const names = Object.keys(library);
  const [only] = names;
  return {
    ...{ id: "config", family: "config", category: "base", environments: names, longContext: false },
    config: names.length === 1 ? { [only!]: config } : (config as Task["config"]),
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isEnvironment = (value: unknown): value is Environment =>
  isRecord(value) && typeof value.step === "function" && isRecord(value.tools) && typeof value.name === "string";
function requestsIn(exported: Readonly<Record<string, unknown>>): readonly Requests[] {
  return Object.values(exported)
    .flatMap((value) => (isRecord(value) && !isRequests(value) ? Object.values(value) : [value]))
    .filter(isRequests);
}
const isRequests = (value: unknown): value is Requests =>
  isRecord(value) && isEnvironment(value.environment) && isRecord(value.tools) && isRecord(value.nouns);
const isHints = (value: unknown): value is Hints =>
  isRecord(value) && isEnvironment(value.environment) && isRecord(value.rules);
