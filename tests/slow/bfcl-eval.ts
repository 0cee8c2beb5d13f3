import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bfclRelease } from "../../src/task/bfcl/download.ts";

/** What its handler for chat completions and its environments import, of the fifty packages that it asks for. */
const needed = [
  ...["openai>=1.86.0", "tenacity>=8.5.0", "overrides", "filelock==3.20.0", "mpmath==1.3.0", "python-dotenv"],
  ...["tree_sitter==0.21.3", "tree-sitter-java==0.21.0", "tree-sitter-javascript==0.21.4"],
];

export interface BfclEval {
  readonly python: string;
  /** The installed package, which holds the dataset. */
  readonly folder: string;
}

/**
 * The real bfcl-eval in a virtual environment under `.cache`, made at the first call. Undefined, with the reason on the console,
 * where there is no Python 3.11 or no package index; in CI that is an error.
 */
export function installedBfclEval(): BfclEval | undefined {
  const venv = join(dirname(fileURLToPath(import.meta.url)), "../../.cache/venvs", bfclRelease.replace("==", "-"));
  const python = join(venv, "bin/python");
  const folder = join(venv, "lib/python3.11/site-packages/bfcl_eval");
  const complete = join(venv, "complete");
  if (existsSync(complete)) return { python, folder };
  try {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(dirname(venv), { recursive: true });
    execFileSync("python3.11", ["-m", "venv", venv], { stdio: "pipe" });
    for (const packages of [["--no-deps", bfclRelease], needed])
      execFileSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], {
        stdio: "pipe",
      });
    writeFileSync(complete, "");
    return { python, folder };
  } catch (error) {
    if (process.env.CI) throw error;
    console.log(`skipped what needs ${bfclRelease}: ${(error as Error).message}`);
    return undefined;
  }
}
