import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const integration = fileURLToPath(new URL("../../integrations/python", import.meta.url));

/** Runs a framework's Python with our package, and `folders` beside it, on its path. Throws with all it printed where it fails. */
export async function runPython(
  python: string,
  args: readonly string[],
  { folders = [], environment = {} }: { readonly folders?: readonly string[]; readonly environment?: Environment },
): Promise<string> {
  const path = [join(integration, "src"), ...folders].join(":");
  const offline = { HF_HUB_OFFLINE: "1", PYTHONDONTWRITEBYTECODE: "1", NO_COLOR: "1" };
  const child = spawn(python, args, {
    env: { ...process.env, ...offline, PYTHONPATH: path, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, printed] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${args.join(" ")} failed:\n${printed.slice(-12_000)}`);
  return stdout;
}
export type Environment = Readonly<Record<string, string>>;

/** Of the tests in Python, which stand in a folder for each framework. */
export const pythonTests = (folder: string): string => join(integration, "tests", folder);
