import { environmentOf, environments, hints } from "../../environments/index.ts";
import { sha256 } from "../core/canonical.ts";
import { taskLine } from "../task/save.ts";
import { bundledLaws } from "../testing/verify/bundled-laws.ts";
import type { VerifySubject } from "../testing/verify/subject.ts";
import { requireTasks } from "./dataset.ts";
import { readEnvironmentModule } from "./environment-module.ts";

type Chosen = Pick<VerifySubject, "seed" | "quick">;

/** The tasks of a dataset, in the environments that come with envtune. */
export async function datasetSubject(path: string, chosen: Chosen): Promise<VerifySubject> {
  const { name, hash, tasks, documents, extension } = await requireTasks(path);
  const used = new Set(tasks.flatMap((task) => task.environments));
  const parts = Object.fromEntries(Object.entries(environments).filter(([part]) => used.has(part)));
  return {
    ...{ name, hash, tasks, documents, hints, environmentOf, environments: parts, laws: bundledLaws },
    ...(extension ? { extension } : {}),
    ...chosen,
  };
}

/** Environments of one's own, with the tasks that their module exports. */
export async function moduleSubject(path: string, chosen: Chosen): Promise<VerifySubject> {
  const { name, library, truths, hasTasks, environmentOf: join, laws, bounds } = await readEnvironmentModule(path);
  const all = truths.map(({ task }) => task);
  return {
    ...{ name, hints: library, environmentOf: join, hash: sha256(all.map(taskLine).join("\n")), ...chosen },
    environments: Object.fromEntries(Object.entries(library).map(([part, { environment }]) => [part, environment])),
    tasks: hasTasks ? all : [],
    laws: hasTasks ? laws : withConfig(laws, all[0]!.config),
    bounds,
  };
}

/** Without tasks, the module's config is where programs start. */
function withConfig(laws: VerifySubject["laws"] = {}, config: Readonly<Record<string, unknown>>) {
  const names = new Set([...Object.keys(config), ...Object.keys(laws)]);
  return Object.fromEntries([...names].map((name) => [name, { config: config[name] ?? {}, ...laws[name] }]));
}
