import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EnvironmentOf } from "./check.ts";
import { ExtensionPack } from "./extension.ts";
import { issueProblems } from "./issue.ts";
import { loadTasks } from "./load.ts";
import { DataError, pathText } from "./problem.ts";
import type { Task } from "./task.ts";

/** The folder of the tasks that come with envtune, from the package's bundles as well as from its sources. */
export function bundledTasksPath(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "fixtures", "tasks"))) {
    if (dirname(folder) === folder)
      throw new DataError("the bundled tasks (fixtures/tasks) are missing from this installation");
    folder = dirname(folder);
  }
  return join(folder, "fixtures", "tasks");
}

/** Tasks in a folder of their own beside the bundled ones. */
export type BundledCollection = "shop";

/**
 * The tasks that come with envtune, file by file in the order of names: those in BFCL's environments, or those of another
 * collection (`shop`), which lie in a folder of their own.
 */
export async function loadBundledTasks(
  environmentOf?: EnvironmentOf,
  collection?: BundledCollection,
): Promise<readonly Task[]> {
  const folder = join(bundledTasksPath(), ...(collection === undefined ? [] : [collection]));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  if (files.length === 0) throw new DataError(`${folder} holds no task file`);
  const loaded = await Promise.all(
    files.map((name) => loadTasks(join(folder, name), environmentOf ? { environmentOf } : {})),
  );
  return loaded.flat();
}

/** The extension pack for long-context tasks that belong to no dataset: `extension.json` beside the bundled tasks. */
export async function loadBundledExtension(): Promise<ExtensionPack> {
  const file = join(bundledTasksPath(), "extension.json");
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new DataError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = ExtensionPack.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DataError(
    `${file} is no extension pack`,
    issueProblems(parsed.error.issues, value).map(({ path, message }) => ({ file, path: pathText(path), message })),
  );
}
