import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const integration = fileURLToPath(new URL("../../integrations/python", import.meta.url));

/** Runs the tests in `integrations/python/tests/<folder>` with a framework's Python. Throws with all they printed where one fails. */
export async function runPytest(
  python: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const tests = join(integration, "tests", folder);
  const path = [join(integration, "src"), tests].join(":");
  const offline = { HF_HUB_OFFLINE: "1", PYTHONDONTWRITEBYTECODE: "1", NO_COLOR: "1" };
  const child = spawn(python, ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", tests], {
    env: { ...process.env, ...offline, PYTHONPATH: path, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`pytest of ${folder} failed:\n${printed.slice(-12_000)}`);
  return printed;
}
