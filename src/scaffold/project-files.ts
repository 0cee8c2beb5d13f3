import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import packageFile from "../../package.json" with { type: "json" };
import { dependencyOn, packageRoot } from "./package-root.ts";
import type { ProjectName } from "./project-name.ts";

/** What a project needs besides envtune, in the versions that envtune is tested with. */
const { jiti, zod } = packageFile.dependencies;
const { "@types/node": node, "fast-check": fastCheck, typescript, vitest } = packageFile.devDependencies;
const needed = { "@types/node": node, "fast-check": fastCheck, jiti, typescript, vitest };
export const packagesNeeded: readonly string[] = ["envtune", "zod", ...Object.keys(needed)];

/** What a project needs whatever it is about. */
const settings: readonly string[] = ["tsconfig.json", "vitest.config.ts"];

export interface ProjectOptions {
  readonly name: ProjectName;
  /** The folder that it will lie in. */
  readonly target: string;
  /** Leaves out the environment: a project to write one from nothing in. */
  readonly empty: boolean;
}

/** The files of a new project by their paths. */
export async function projectFiles({ name, target, empty }: ProjectOptions): Promise<ReadonlyMap<string, string>> {
  const root = packageRoot();
  const folder = join(root, "templates", "environment");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !empty || settings.includes(path))
    .sort();
  const files = new Map<string, string>([
    ["package.json", `${JSON.stringify(manifestOf(name, dependencyOn(root, packageFile.version, target)), null, 2)}\n`],
    [".gitignore", "node_modules/\nruns/\n"],
  ]);
  for (const path of paths) files.set(path, named(await readFile(join(folder, path), "utf8"), name));
  return files;
}

const manifestOf = ({ kebab }: ProjectName, envtune: string) => ({
  ...{ name: kebab, version: "0.1.0", private: true, type: "module" },
  scripts: { check: "tsc --noEmit", test: "vitest run", verify: "envtune verify" },
  envtune: { module: "src/index.ts" },
  dependencies: { envtune, zod },
  devDependencies: needed,
});

/** The files are written for a project named `sample-name`. */
const named = (text: string, { kebab, camel, pascal }: ProjectName): string =>
  text.replaceAll("sample-name", kebab).replaceAll("sampleName", camel).replaceAll("SampleName", pascal);
