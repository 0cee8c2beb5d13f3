import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { exists } from "../task/exists.ts";
import { DataError } from "../task/problem.ts";
import { type EnvironmentModule as Exported, environmentModuleOf } from "../testing/environment-module.ts";

/** What a module of one's own exports, with its tasks replayed. */
export interface EnvironmentModule extends Omit<Exported, "tasks" | "start"> {
  readonly truths: readonly GroundTruth[];
  /** Whether the truths are tasks; a config alone only gives states to wander through. */
  readonly hasTasks: boolean;
}

/** Whether a path is a module of JavaScript or TypeScript, rather than a dataset. */
export const isModule = (path: string): boolean => /^\.[cm]?[jt]s$/.test(extname(path));

/** Imports a module and reads its exports. Throws a `DataError` that says what is missing, or which ground truth cannot be replayed. */
export async function readEnvironmentModule(path: string): Promise<EnvironmentModule> {
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

/** What a module exports. Throws a `DataError` where it cannot be imported. */
export async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const absolute = resolve(path);
  if (!(await exists(absolute))) throw new DataError(`${path}: there is no such file`);
  try {
    return await importOf(absolute);
  } catch (error) {
    throw new DataError(`${path} cannot be imported: ${reason(error)}`);
  }
}

/** In one line, but for a list of problems. */
function reason(error: unknown): string {
  const { message = String(error) } = (error ?? {}) as Partial<Error>;
  if (error instanceof DataError) return message;
  const [missing] = /^Cannot find (?:module|package) '[^./'][^']*'[^\n]*/.exec(message) ?? [];
  if (missing !== undefined) return `${missing}; \`npm install\` in its folder brings it in`;
  return message.replace(/\s*\n\s*/g, " ");
}

/** Node imports TypeScript from 22.18 on; before that, jiti takes the types away. */
async function importOf(absolute: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(absolute).href);
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    const { createJiti } = await import("jiti").catch(() => {
      throw new Error(
        `Node ${process.versions.node} does not run TypeScript; build it to JavaScript, or use Node 22.18 or later`,
      );
    });
    return createJiti(import.meta.url, { fsCache: false }).import(absolute);
  }
}
