import { environmentOf, environments, hints } from "../../environments/index.ts";
import { sha256 } from "../core/canonical.ts";
import { bundledLaws } from "../testing/verify/bundled-laws.ts";
import type { VerifySubject } from "../testing/verify/subject.ts";
import { bundledTasks, requireTasks, shopTasks, type TaskSet } from "./dataset.ts";

/** The tasks of a dataset, or all that come with envtune, in the environments that come with it. */
export async function datasetSubject(
  path: string | undefined,
  chosen: Pick<VerifySubject, "seed" | "quick">,
): Promise<VerifySubject> {
  const { name, hash, tasks, documents, extension } = path === undefined ? await allTasks() : await requireTasks(path);
  const used = new Set(tasks.flatMap((task) => task.environments));
  const parts = Object.fromEntries(Object.entries(environments).filter(([part]) => used.has(part)));
  return {
    ...{ name, hash, tasks, documents, hints, environmentOf, environments: parts, laws: bundledLaws },
    ...(extension ? { extension } : {}),
    ...chosen,
  };
}

async function allTasks(): Promise<TaskSet> {
  const [bundled, shop] = [await bundledTasks(), await shopTasks()];
  return {
    ...bundled,
    name: "bundled and shop",
    hash: sha256(`${bundled.hash}\n${shop.hash}`),
    tasks: [...bundled.tasks, ...shop.tasks],
  };
}
