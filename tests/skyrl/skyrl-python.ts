import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
/** Kept between runs of the tests. */
export const cache = fileURLToPath(new URL("../../.cache/skyrl", import.meta.url));

/** The Python of an environment that holds SkyRL, made where there is none yet; undefined, with a line on the console, where none can be. */
export async function skyrlPython(): Promise<string | undefined> {
  const python = ["python3.11", "python3.12", "python3.13", "python3"]
    .map(versionOf)
    .find((found) => found !== undefined);
  if (!python) {
    console.log("skipped what needs SkyRL: there is no Python from 3.11 to 3.13");
    return undefined;
  }
  const key = createHash("sha256").update(python.version).update(readFileSync(requirements)).digest("hex");
  const folder = join(cache, `python-${key.slice(0, 12)}`);
  const own = join(folder, "bin", "python");
  const whole = join(folder, "whole");
  if (existsSync(whole)) return own;
  const start = Date.now();
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const run = promisify(execFile);
  await run(python.command, ["-m", "venv", folder]);
  await run(own, ["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "-r", requirements]);
  await writeFile(whole, "");
  console.log(`SkyRL installed for Python ${python.version} in ${Math.round((Date.now() - start) / 1000)} s`);
  return own;
}

function versionOf(command: string): { readonly command: string; readonly version: string } | undefined {
  try {
    const program = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])";
    const version = execFileSync(command, ["-c", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return ["3.11", "3.12", "3.13"].includes(version) ? { command, version } : undefined;
  } catch {
    return undefined;
  }
}
