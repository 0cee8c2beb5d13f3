import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** `envtune`, or a program of the tests, bundled inside the checkout so that it finds the packages it imports. */
export async function bundled(entry: string): Promise<{ readonly file: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(root, "node_modules/.cache-envtune-test-"));
  const options = { format: "esm", target: "node20", config: false, silent: true, splitting: false } as const;
  await build({ entry: { program: join(root, entry) }, outDir: folder, ...options });
  return { file: join(folder, "program.js"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** What it wrote to stderr so far. */
  readonly stderr: () => string;
  /** Resolves with the exit status, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
}

/** Starts a bundled program that prints where it serves, as `envtune serve` does. */
export async function served(file: string, args: readonly string[], nodeArgs: readonly string[] = []): Promise<Served> {
  const child =
    nodeArgs.length > 0
      ? fork(file, args, { execArgv: [...nodeArgs], silent: true })
      : spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stderr!.on("data", (part) => {
    stderr += part;
  });
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on("exit", (code, signal) => resolve(code ?? signal)),
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on("data", (part) => {
      stdout += part;
      const [, found] = /tasks at (http:\S+)/.exec(stdout) ?? [];
      if (found) resolve(found);
    });
    void exited.then((how) => reject(new Error(`it ended with ${how} before it served: ${stderr}`)));
  });
  return { url, port: Number(new URL(url).port), child, stderr: () => stderr, exited };
}

/** Waits until something is so; the test's own time limit says when that is too long. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((wake) => setTimeout(wake, 50));
}
