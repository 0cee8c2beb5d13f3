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
  let module: unknown;
  try {
    module = JSON.parse(text)?.envtune?.module;
  } catch (error) {
    throw new DataError(`package.json is no JSON: ${(error as Error).message}`);
  }
  if (module === undefined || typeof module === "string") return module;
  throw new DataError(`package.json: envtune.module must be the path of a module, as in "src/index.ts"`);
}
