import { readFile } from "node:fs/promises";
import { DataError } from "../task/problem.ts";

/** The module of environments that the package.json here names, as in `"envtune": { "module": "src/index.ts" }`. */
export async function ownModule(): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile("package.json", "utf8");
  } catch {
    return undefined;
  }
  let envtune: unknown;
  try {
    envtune = JSON.parse(text)?.envtune;
  } catch (error) {
    throw new DataError(`package.json is no JSON: ${(error as Error).message}`);
  }
  if (envtune === undefined) return undefined;
  if (typeof envtune !== "object" || envtune === null)
    throw new DataError(`package.json: envtune must be a record, as in { "module": "src/index.ts" }`);
  const { module } = envtune as { readonly module?: unknown };
  if (module === undefined || typeof module === "string") return module;
  throw new DataError(`package.json: envtune.module must be the path of a module, as in "src/index.ts"`);
}
