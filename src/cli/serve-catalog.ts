import { basename, extname } from "node:path";
import { environmentOf, environments, hints } from "../../environments/index.ts";
import { type Catalog, createCatalog } from "../server/catalog.ts";
import { readIdLists } from "../task/id-lists.ts";
import { DataError } from "../task/problem.ts";
import { splitByIds } from "../task/split-by-ids.ts";
import type { Task } from "../task/task.ts";
import { requireTasks } from "./dataset.ts";
import { readReplayedModule } from "./replayed-module.ts";

/** What `envtune serve` serves: a dataset with the environments that come with envtune, or a module of one's own. */
export async function servedCatalog({ dataset, module, split }: ServedOptions): Promise<Catalog> {
  if (module !== undefined) return catalogOfModule(module, split);
  const { name, tasks, documents, extension } = await requireTasks(dataset ?? "bundled");
  return createCatalog({
    ...{ name, tasks, documents, environmentOf, hints },
    environments: Object.keys(environments),
    ...(extension ? { extension } : {}),
    ...(await splitsOf(tasks, split)),
  });
}

interface ServedOptions {
  readonly dataset: string | undefined;
  readonly module: string | undefined;
  /** A folder of lists as `envtune split` writes them. */
  readonly split: string | undefined;
}

async function catalogOfModule(path: string, split: string | undefined): Promise<Catalog> {
  const { library, truths, hasTasks, environmentOf } = await readReplayedModule(path);
  if (!hasTasks) throw new DataError(`${path}: there are no tasks to serve; export 'tasks', a list of tasks`);
  const tasks = truths.map(({ task }) => task);
  return createCatalog({
    ...{ name: basename(path, extname(path)), tasks, environmentOf, hints: library },
    environments: Object.keys(library),
    ...(await splitsOf(tasks, split)),
  });
}

async function splitsOf(tasks: readonly Task[], folder: string | undefined) {
  if (folder === undefined) return {};
  const parts = splitByIds(tasks, await readIdLists(folder));
  return { splits: Object.fromEntries(Object.entries(parts).filter(([, part]) => part.length > 0)) };
}
