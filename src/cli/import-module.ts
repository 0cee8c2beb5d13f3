import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { exists } from "../task/exists.ts";
import { DataError } from "../task/problem.ts";

/** Whether a path is a module of JavaScript or TypeScript, rather than a dataset. */
export const isModule = (path: string): boolean => /^\.[cm]?[jt]s$/.test(extname(path));

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
