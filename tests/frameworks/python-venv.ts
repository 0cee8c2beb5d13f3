import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/**
 * The Python of a virtual environment with what `requirements/<name>.txt` pins, made at the first call and kept under `.cache`.
 * The file says what it needs in comments: `# python 3.11 3.12` (the versions that will do), and `# first torch==2.13.0` for what
 * has to be there before the rest. `root` is the checkout, for programs that were bundled out of their place. Undefined, with the reason on the console, where it cannot be made; in CI that is an error.
 */
export async function frameworkPython(name: string, root = checkout): Promise<string | undefined> {
  const requirements = join(root, `tests/frameworks/requirements/${name}.txt`);
  const text = readFileSync(requirements, "utf8");
  try {
    const versions = /^# python (.+)$/m.exec(text)?.[1]?.split(" ") ?? ["3.11"];
    const base = versions.map(pythonOf).find((found) => found !== undefined);
    if (!base) throw new Error(`there is no Python ${versions.join(" or ")}`);
    const key = createHash("sha256").update(base.version).update(text).digest("hex").slice(0, 12);
    const folder = join(root, `.cache/frameworks/${name}-${key}`);
    const python = join(folder, "bin", "python");
    const complete = join(folder, "complete");
    if (existsSync(complete)) return python;
    await mkdir(dirname(folder), { recursive: true });
    // Test files run side by side, and several may want the same one.
    await alone(`${folder}.lock`, async () => {
      if (existsSync(complete)) return;
      const start = Date.now();
      await rm(folder, { recursive: true, force: true });
      await run(base.command, ["-m", "venv", folder]);
      const install = (what: readonly string[]) =>
        run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...what]);
      for (const [, first] of text.matchAll(/^# first (.+)$/gm)) await install(first!.split(" "));
      await install(["-r", requirements]);
      await writeFile(complete, "");
      console.log(`${name} installed for Python ${base.version} in ${Math.round((Date.now() - start) / 1000)} s`);
    });
    return python;
  } catch (error) {
    if (process.env.CI) throw error;
    console.log(`skipped what needs ${name}: ${(error as Error).message}`);
    return undefined;
  }
}

/** Does something while no other process does what goes by the same lock; one whose process has died is taken over. */
async function alone(lock: string, action: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(await readFile(lock, "utf8").catch(() => ""));
      if (holder && !isRunning(holder)) await rm(lock, { force: true });
      else await setTimeout(200);
    }
  }
  try {
    await action();
  } finally {
    await rm(lock, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function pythonOf(version: string): { readonly command: string; readonly version: string } | undefined {
  const pyenv = process.env.PYENV_ROOT ?? join(process.env.HOME ?? "", ".pyenv");
  for (const command of [`python${version}`, ...pyenvPythons(pyenv, version)]) {
    try {
      const program = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])";
      const found = execFileSync(command, ["-c", program], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      if (found.trim() === version) return { command, version };
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

function pyenvPythons(root: string, version: string): string[] {
  const versions = join(root, "versions");
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => name.startsWith(`${version}.`))
    .map((name) => join(versions, name, "bin", "python"));
}
