import { basename, extname } from "node:path";
import { environmentOf } from "../../environments/index.ts";
import { sha256 } from "../core/canonical.ts";
import { loadBundledExtension, loadBundledTasks } from "../task/bundled.ts";
import type { Dataset } from "../task/dataset.ts";
import type { ExtensionPack } from "../task/extension.ts";
import { loadTasks } from "../task/load.ts";
import { openDataset } from "../task/open-dataset.ts";
import { taskLine } from "../task/save.ts";
import type { Task } from "../task/task.ts";
import { requireDataset } from "./dataset.ts";

/** Tasks to run, and what they need: a dataset, or tasks without documents of their own. */
export interface TaskSet extends Pick<Dataset, "name" | "hash" | "tasks" | "documents"> {
  readonly extension?: ExtensionPack;
}

export async function bundledTasks(): Promise<TaskSet> {
  return taskSet("bundled", await loadBundledTasks(environmentOf));
}

export async function tasksOfFile(path: string): Promise<TaskSet> {
  return taskSet(basename(path, extname(path)), await loadTasks(path, { environmentOf }));
}

/** The dataset at a path; `bfcl` is the imported one. */
export async function tasksOfDataset(path: string): Promise<TaskSet> {
  return requireDataset(path === "bfcl" ? undefined : path);
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
