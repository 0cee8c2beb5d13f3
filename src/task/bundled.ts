import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EnvironmentOf } from "./check.ts";
import { loadTasks } from "./load.ts";
import { DataError } from "./problem.ts";
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

/** The tasks that come with envtune, file by file in the order of names. */
export async function loadBundledTasks(environmentOf?: EnvironmentOf): Promise<readonly Task[]> {
  const folder = bundledTasksPath();
  const files = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  if (files.length === 0) throw new DataError(`${folder} holds no task file`);
  const loaded = await Promise.all(
    files.map((name) => loadTasks(join(folder, name), environmentOf ? { environmentOf } : {})),
  );
  return loaded.flat();
}
