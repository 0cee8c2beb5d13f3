import { appendFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../../core/canonical.ts";
import { readLines } from "../../rollout/line-file.ts";
import type { Trace } from "../../rollout/trace.ts";
import { DataError } from "../../task/problem.ts";
import { writeWhole } from "../../task/write-whole.ts";
import type { Algorithm } from "../algorithm/algorithm.ts";
import type { StepRecord } from "../step-record.ts";
import { RunState } from "./run-state.ts";

const files = { manifest: "run.json", state: "state.json", steps: "steps.jsonl" };
const traceFolders = ["rollouts", "validation"];
const remedy = "name another folder with --out, or replace what is there with --fresh";

export type RunManifest = Readonly<Record<string, unknown>>;

/** What a step leaves behind besides the state. */
export interface StepFiles {
  readonly record: StepRecord;
  readonly rollouts: readonly Trace[];
  readonly validation?: { readonly traces: readonly Trace[]; readonly tracesWithHints: readonly Trace[] } | undefined;
}

/** The folder of a training run. */
export interface RunFolder {
  /** Where the run stands; undefined before its first weights were kept. */
  readonly state: RunState | undefined;
  /**
   * Writes a step's files and, once they are whole, the state after it. A kill before that leaves the state before the step. Throws a
   * `DataError` where another process has written meanwhile.
   */
  commit(files: StepFiles, state: RunState): Promise<void>;
}

/**
 * Opens a run's folder or makes it, and removes what was written after its state. Throws a `DataError` where it holds another run;
 * `fresh` removes that run.
 */
export async function openRunFolder(folder: string, manifest: RunManifest, fresh = false): Promise<RunFolder> {
  const path = (name: string) => join(folder, name);
  if (fresh)
    for (const name of [...Object.values(files), ...traceFolders])
      await rm(path(name), { force: true, recursive: true });
  const earlier = await readJson(path(files.manifest));
  if (earlier) requireSame(folder, earlier, manifest);
  const state = earlier ? await readState(path(files.state)) : undefined;
  if (!earlier && (await readJson(path(files.state))))
    throw new DataError(`${folder} holds a state without a ${files.manifest}; ${remedy}`);
  for (const name of traceFolders) await mkdir(path(name), { recursive: true });
  if (!earlier) await writeWhole(path(files.manifest), `${JSON.stringify(manifest, undefined, 2)}\n`);
  let last = state?.curriculum.step;
  await cutBack(path, last ?? -1);
  return {
    state,
    async commit(written, next) {
      if ((await readState(path(files.state)))?.curriculum.step !== last)
        throw new DataError(`${folder} has changed since: another process trains in it; let one go on alone`);
      const { record, rollouts, validation } = written;
      const name = String(record.step).padStart(6, "0");
      if (rollouts.length > 0) await writeTraces(path(join("rollouts", `${name}.jsonl`)), rollouts);
      if (validation) {
        await writeTraces(path(join("validation", `${name}.jsonl`)), validation.traces);
        await writeTraces(path(join("validation", `${name}-hints.jsonl`)), validation.tracesWithHints);
      }
      appendFileSync(path(files.steps), `${JSON.stringify(record)}\n`);
      await writeWhole(path(files.state), `${JSON.stringify(next)}\n`);
      last = next.curriculum.step;
    },
  };
}

/** What another run may start from. Throws a `DataError` where the folder holds no training run, or none that has weights yet. */
export async function readTrainingRun(
  folder: string,
): Promise<{ readonly checkpoint: string; readonly steps: number; readonly isSupervised: boolean }> {
  const manifest = await readJson(join(folder, files.manifest));
  const state = await readState(join(folder, files.state));
  if (!manifest || !state) throw new DataError(`${folder} holds no training run that has kept its weights`);
  const { loss } = manifest.algorithm as Algorithm;
  const { checkpoint, curriculum } = state;
  return { checkpoint, steps: curriculum.step, isSupervised: loss.name === "cross_entropy" };
}

async function writeTraces(path: string, traces: readonly Trace[]): Promise<void> {
  await writeWhole(path, lines(traces));
}
async function* lines(traces: readonly Trace[]): AsyncGenerator<Uint8Array> {
  for (const trace of traces) yield Buffer.from(`${JSON.stringify(trace)}\n`);
}

/** Removes what was written of steps after `last`. */
async function cutBack(path: (name: string) => string, last: number): Promise<void> {
  const kept: string[] = [];
  for await (const { text } of readLines(path(files.steps))) {
    const { step } = parsed(path(files.steps), text) as { readonly step: number };
    if (step <= last) kept.push(`${text}\n`);
  }
  // Also what a kill left of a line, which is none of them.
  await writeWhole(path(files.steps), kept.join(""));
  for (const folder of traceFolders)
    for (const name of await readdir(path(folder)))
      if (!name.endsWith(".jsonl") || Number.parseInt(name, 10) > last) await rm(join(path(folder), name));
}

async function readState(path: string): Promise<RunState | undefined> {
  const value = await readJson(path);
  if (value === undefined) return undefined;
  const state = RunState.safeParse(value);
  if (state.success) return state.data;
  throw new DataError(`${path} is no state of a training run; ${remedy}`);
}

/** Undefined where there is no file. */
async function readJson(path: string): Promise<RunManifest | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DataError(`${path} cannot be read: ${(error as Error).message}`);
  }
  return parsed(path, text) as RunManifest;
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${path} is damaged: ${(error as Error).message}; ${remedy}`);
  }
}

/** Throws a `DataError` that names the first field in which two manifests differ. */
function requireSame(folder: string, earlier: RunManifest, now: RunManifest): void {
  const json = (value: unknown) => canonicalJson(value === undefined ? null : JSON.parse(JSON.stringify(value)));
  for (const field of new Set([...Object.keys(now), ...Object.keys(earlier)])) {
    // The same server may have moved.
    if (field === "server") continue;
    const [was, is] = [json(earlier[field]), json(now[field])];
    if (was === is) continue;
    const shown = (text: string) => (text.length > 200 ? `another one (${text.length} characters)` : text);
    throw new DataError(`${folder} holds a run whose ${field} was ${shown(was)}, and is now ${shown(is)}; ${remedy}`);
  }
}
