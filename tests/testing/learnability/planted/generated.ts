import { type GenerateOptions, generateTasks } from "../../../../src/generate/index.ts";
import { parted, sizes } from "./compose-tasks.ts";

/** Generated tasks, learnt from and tested on. */
export function generated(options: Omit<GenerateOptions, "count" | "categories">) {
  const count = sizes.tasks + sizes.heldOut;
  const { tasks, rejected } = generateTasks({ ...options, count, categories: ["base"] });
  if (tasks.length < count)
    throw new Error(`${options.environment.name}: ${tasks.length} tasks of ${count}; ${JSON.stringify(rejected)}`);
  return parted(tasks);
}
