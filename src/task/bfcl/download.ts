import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../problem.ts";

/** The release that the environments follow. */
export const bfclRelease = "bfcl-eval==2026.3.23";

export interface DownloadOptions {
  /** The Python whose pip fetches the package. */
  readonly python: string;
  /** Stops the download and removes what it left. */
  readonly signal?: AbortSignal;
}

/**
 * Fetches BFCL's wheel from the package index into a temporary folder, hands its path to `use`, and removes the folder. The
 * wheel is not installed, and nothing of it runs.
 */
export async function withDownloadedBfcl<T>(
  { python, signal }: DownloadOptions,
  use: (wheel: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "envtune-"));
  try {
    await download(python, folder, signal);
    const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
    if (!wheel) throw new DataError(`${python} -m pip download brought no wheel of ${bfclRelease}`);
    const result = await use(join(folder, wheel));
    signal?.throwIfAborted();
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function download(python: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const options = ["--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--no-input"];
  const args = ["-m", "pip", "download", ...options, bfclRelease, "-d", folder];
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(python, args, {
      stdio: ["ignore", "pipe", "pipe"],
      shell: false,
      ...(signal ? { signal } : {}),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString("utf8")).slice(-8000);
      });
    const fix = "give a bfcl_eval package, a wheel or a checkout with --from";
    child.on("error", (error) => {
      if (signal?.aborted) return;
      reject(new DataError(`${python} cannot be started (${error.message}); name a Python with --python, or ${fix}`));
    });
    child.on("close", (code) => {
      if (signal?.aborted) reject(new DataError("the download was interrupted"));
      else if (code === 0) resolve();
      else
        reject(
          new DataError(`${python} ${args.join(" ")} failed with code ${code}; ${fix}. It said:\n${output.trim()}`),
        );
    });
  });
}
