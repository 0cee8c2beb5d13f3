import { appendFileSync } from "node:fs";
import { type Environment, pythonTests, runPython } from "./run-python.ts";

/**
 * Runs the tests in `integrations/python/tests/<folder>` with a framework's Python, and returns what they printed. Throws with it
 * where one fails. What pytest counted goes to the file `ENVTUNE_COUNTS`, if there is one, for the page of results.
 */
export async function runPytest(python: string, folder: string, environment: Environment): Promise<string> {
  const tests = pythonTests(folder);
  const args = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", tests];
  const printed = await runPython(python, args, { folders: [tests], environment });
  countPassed(folder, printed);
  return printed;
}

/** Notes for the page of results how many tests pytest says have passed. */
export function countPassed(folder: string, printed: string): void {
  const passed = Number(/(\d+) passed/.exec(printed)?.[1] ?? 0);
  if (process.env.ENVTUNE_COUNTS) appendFileSync(process.env.ENVTUNE_COUNTS, `${JSON.stringify({ folder, passed })}\n`);
}
