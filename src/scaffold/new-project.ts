import { randomUUID } from "node:crypto";
import { lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DataError } from "../task/problem.ts";
import { packagesNeeded, projectFiles } from "./project-files.ts";
import { projectName } from "./project-name.ts";

/**
 * Writes a new project with an environment into a folder that there is not yet, whole or not at all. Returns the paths of its
 * files. Throws a `DataError` where the name will not do or the folder is there.
 */
export async function newProject(given: string, folder = given, empty = false): Promise<readonly string[]> {
  const name = projectName(given, packagesNeeded);
  const target = resolve(folder);
  const taken = await lstat(target).catch(() => undefined);
  if (taken)
    throw new DataError(`${folder}: it is there already, and nothing is overwritten; take another name or --out`);
  const files = await projectFiles({ name, target, empty });
  const temporary = `${target}.${randomUUID()}.tmp`;
  await makeParent(target, folder);
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(temporary, path)), { recursive: true });
      await writeFile(join(temporary, path), text, { flag: "wx" });
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return [...files.keys()];
}

async function makeParent(target: string, folder: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST" && code !== "ENOTDIR") throw error;
    throw new DataError(`${folder}: it would lie in a file; name a folder with --out`);
  }
}
