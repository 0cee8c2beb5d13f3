import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the envtune that runs, from its bundles as well as from its sources. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "templates", "environment"))) {
    if (dirname(folder) === folder) throw new Error("templates/environment is missing from this installation");
    folder = dirname(folder);
  }
  return folder;
}

/**
 * By what a project in `target` depends on the envtune that runs: as the project does in whose node_modules it lies; a checkout
 * by its path; else by its version.
 */
export function dependencyOn(root: string, version: string, target: string): string {
  const at = root.lastIndexOf(`${sep}node_modules${sep}`);
  if (at < 0) return fileSpec(root, target);
  const owner = root.slice(0, at);
  const spec = dependenciesIn(join(owner, "package.json")).envtune;
  if (spec === undefined) return `^${version}`;
  const path = /^(?:file|link):(.*)$/.exec(spec)?.[1];
  return path === undefined ? spec : fileSpec(resolve(owner, path), target);
}

/** npm reads forward slashes on every system. */
const fileSpec = (path: string, target: string): string => `file:${relative(target, path).split(sep).join("/")}`;

function dependenciesIn(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {};
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path, "utf8"));
  return { ...devDependencies, ...dependencies };
}
