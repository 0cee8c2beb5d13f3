import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cache } from "./skyrl-python.ts";

const serve = fileURLToPath(new URL("serve.py", import.meta.url));

export interface SkyrlOptions {
  /** See `skyrlPython`. */
  readonly python: string;
  readonly modelFolder: string;
  /** Of the adapter; no other can be made. */
  readonly rank: number;
  /** Sequences that are sampled together: every batch is filled up to so many. */
  readonly samplingBatch: number;
  /** Sequences whose gradient is taken together. */
  readonly trainingBatch: number;
}

export interface Skyrl {
  readonly url: string;
  /** What the server and its engine have written. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts SkyRL's Tinker server on the CPU and waits until it answers. Its database and checkpoints go when it stops. */
export async function startSkyrl({
  python,
  modelFolder,
  rank,
  samplingBatch,
  trainingBatch,
}: SkyrlOptions): Promise<Skyrl> {
  const folder = mkdtempSync(join(tmpdir(), "envtune-skyrl-"));
  const logFile = join(folder, "log");
  const output = openSync(logFile, "w");
  const config = {
    // One is the base model's.
    max_lora_adapters: 2,
    max_lora_rank: rank,
    sample_max_num_sequences: samplingBatch,
    train_micro_batch_size: trainingBatch,
  };
  const compiled = join(cache, "compiled");
  mkdirSync(compiled, { recursive: true });
  const child = spawn(
    python,
    [serve, "--base-model", modelFolder, "--folder", folder, "--backend-config", JSON.stringify(config)],
    {
      // A group of its own, so that the engine goes with the server.
      detached: true,
      stdio: ["ignore", output, output],
      env: {
        ...process.env,
        HF_HUB_OFFLINE: "1",
        JAX_PLATFORMS: "cpu",
        JAX_COMPILATION_CACHE_DIR: compiled,
        JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS: "0",
      },
    },
  );
  closeSync(output);
  const ended = once(child, "exit");
  const kill = () => {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", kill);
  const log = () => readFileSync(logFile, "utf8");
  const stop = async () => {
    kill();
    await ended;
    process.off("exit", kill);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await answering(log, () => child.exitCode !== null), log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answering(log: () => string, hasEnded: () => boolean): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    if (hasEnded()) throw new Error(`SkyRL ended before it answered\n${log()}`);
    const port = /^\{"port": (\d+)\}$/m.exec(log())?.[1];
    const url = `http://127.0.0.1:${port}`;
    if (port !== undefined && (await fetch(`${url}/api/v1/healthz`).catch(() => undefined))?.ok) return url;
    await setTimeout(100);
  }
  throw new Error(`SkyRL does not answer\n${log()}`);
}
