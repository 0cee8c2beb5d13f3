import { basename, extname } from "node:path";
import { environmentOf, hints } from "../../environments/index.ts";
import { sha256 } from "../core/canonical.ts";
import type { HintLibrary } from "../feedback/feedback.ts";
import { loadBundledExtension, loadBundledTasks } from "../task/bundled.ts";
import type { EnvironmentOf } from "../task/check.ts";
import type { Dataset } from "../task/dataset.ts";
import { exists } from "../task/exists.ts";
import type { ExtensionPack } from "../task/extension.ts";
import { loadTasks } from "../task/load.ts";
import { openDataset } from "../task/open-dataset.ts";
import { DataError, type Problem, problemText } from "../task/problem.ts";
import { taskLine } from "../task/save.ts";
import type { Task } from "../task/task.ts";
import { isModule } from "./import-module.ts";
import { readReplayedModule } from "./replayed-module.ts";

/** Tasks, and what they need: a dataset, or tasks without documents of their own. */
export interface TaskSet extends Pick<Dataset, "name" | "hash" | "tasks" | "documents"> {
  readonly extension?: ExtensionPack;
  /** What its tasks run in, where that does not come with envtune. */
  readonly world?: World;
}

/** Environments by the names that tasks use, and their hints. */
export interface World {
  readonly environmentOf: EnvironmentOf;
  readonly hints: HintLibrary;
}
const bundledWorld: World = { environmentOf, hints };

export const worldOf = ({ world = bundledWorld }: Pick<TaskSet, "world">): World => world;

/** The dataset at a path, `bfcl` (or nothing) for the imported one; an error that says how to get one where there is none. */
export async function requireDataset(path: string | undefined): Promise<Dataset> {
  const dataset = await openDataset(path === "bfcl" && !(await exists(path)) ? undefined : path, { environmentOf });
  if (dataset) return dataset;
  throw new DataError("no dataset has been imported: run `npx envtune import bfcl`, or name one with --dataset <path>");
}

/** As `requireDataset`, and `bundled` or `shop` for the tasks that come with envtune, or the tasks of a JSONL file. */
export async function requireTasks(path: string | undefined): Promise<TaskSet> {
  if (path === "bundled") return bundledTasks();
  if (path === "shop") return shopTasks();
  return path !== undefined && extname(path) === ".jsonl" ? tasksOfFile(path) : requireDataset(path);
}

/** As `requireTasks`, and the tasks of a module of one's own. */
export async function requirePlayable(path: string | undefined): Promise<TaskSet> {
  if (path === undefined || !isModule(path)) return requireTasks(path);
  const { library, truths, hasTasks, environmentOf } = await readReplayedModule(path);
  if (!hasTasks) throw new DataError(`${path}: there are no tasks to play; export 'tasks', a list of tasks`);
  const name = Object.keys(library).join("+");
  const tasks = truths.map(({ task }) => task);
  return { ...(await taskSet(name, tasks)), world: { environmentOf, hints: library } };
}

export async function bundledTasks(): Promise<TaskSet> {
  return taskSet("bundled", await loadBundledTasks(environmentOf));
}

/** The tasks of the shop and returns desk. */
export async function shopTasks(): Promise<TaskSet> {
  return taskSet("shop", await loadBundledTasks(environmentOf, "shop"));
}

export async function tasksOfFile(path: string): Promise<TaskSet> {
  const onWarning = (warning: Problem) => process.stderr.write(`warning: ${problemText(warning)}\n`);
  return taskSet(basename(path, extname(path)), await loadTasks(path, { environmentOf, onWarning }));
}

/** Undefined where none was imported. */
export async function importedTasks(): Promise<TaskSet | undefined> {
  return openDataset(undefined, { environmentOf });
}

async function taskSet(name: string, tasks: readonly Task[]): Promise<TaskSet> {
  const extension = tasks.some(({ longContext }) => longContext) ? await loadBundledExtension() : undefined;
  const hash = sha256([...tasks.map(taskLine), ...(extension ? [JSON.stringify(extension)] : [])].join("\n"));
  return { name, tasks, documents: {}, hash, ...(extension ? { extension } : {}) };
}
