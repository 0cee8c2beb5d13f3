import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { DataError } from "../task/problem.ts";
import { type EnvironmentModule, environmentModuleOf } from "../testing/environment-module.ts";
import { importModule } from "./import-module.ts";

/** What a module of one's own exports, with its tasks replayed. */
export interface ReplayedModule extends Omit<EnvironmentModule, "tasks" | "start"> {
  readonly truths: readonly GroundTruth[];
  /** Whether the truths are tasks; a config alone only gives states to wander through. */
  readonly hasTasks: boolean;
}

/** Imports a module and reads its exports. Throws a `DataError` that says what is missing, or which ground truth cannot be replayed. */
export async function readReplayedModule(path: string): Promise<ReplayedModule> {
  const { tasks, start, ...rest } = environmentModuleOf(await importModule(path), path);
  const truths = (start ? [start] : tasks).map((task) => {
    try {
      return replayGroundTruth(task, rest.environmentOf(task.environments));
    } catch (error) {
      throw new DataError(
        `${path}: the ground truth of task '${task.id}' cannot be replayed: ${(error as Error).message}; \`envtune verify\` says more`,
      );
    }
  });
  return { ...rest, truths, hasTasks: start === undefined };
}
