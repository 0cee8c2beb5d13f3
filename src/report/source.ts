import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { episodeFiles } from "../rollout/journal.ts";
import { parseLine, readLines } from "../rollout/line-file.ts";
import { manifestFile } from "../rollout/manifest.ts";
import { exists } from "../task/exists.ts";
import { DataError } from "../task/problem.ts";
import { StepRecord } from "../training/step-record.ts";
import type { EpisodeKind, SourceData } from "./report-data.ts";

/** Where a part of a source's traces lies, and how they came to be. */
export interface TraceFile {
  readonly path: string;
  readonly kind: EpisodeKind;
  readonly step?: number;
}

/** Something to report on, before its traces are read. */
export interface Source {
  readonly name: string;
  readonly kind: SourceData["kind"];
  /** The content of `run.json`; undefined where there is none. */
  readonly manifest: unknown;
  /** Of a training run, in the order of steps. */
  readonly records: readonly StepRecord[];
  readonly traces: readonly TraceFile[];
}

/** A folder of a training run or of a run over tasks, or a file of traces. Throws a `DataError` where it is none of these. */
export async function openSource(path: string): Promise<Source> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DataError(`${path}: there is no such file or folder`);
  const name = basename(resolve(path));
  if (found.isFile())
    return { name, kind: "traces", manifest: undefined, records: [], traces: [{ path, kind: "run" }] };
  const manifest = await manifestIn(path);
  const records = await recordsIn(join(path, "steps.jsonl"));
  const training = [...(await stepFiles(path, "rollouts")), ...(await stepFiles(path, "validation"))];
  if (records.length > 0 || training.length > 0)
    return { name, kind: "training run", manifest, records, traces: training };
  const traces: TraceFile[] = [];
  for (const file of episodeFiles(path)) if (await exists(file)) traces.push({ path: file, kind: "run" });
  if (traces.length > 0) return { name, kind: "run", manifest, records, traces };
  throw new DataError(
    `${path} holds no run; name a folder with steps.jsonl or traces.jsonl in it, or a file of traces`,
  );
}

async function manifestIn(folder: string): Promise<unknown> {
  const path = join(folder, manifestFile);
  if (!(await exists(path))) return undefined;
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new DataError(`${path} is no manifest of a run: ${(error as Error).message}`);
  }
}

/** A step that was made again after a kill counts as it was made last. */
async function recordsIn(path: string): Promise<StepRecord[]> {
  const records = new Map<number, StepRecord>();
  let line = 0;
  for await (const { text } of readLines(path)) {
    line += 1;
    const record = parseLine(StepRecord, text, "record of a step", `${path}:${line}`);
    records.set(record.step, record);
  }
  return [...records.values()].sort((a, b) => a.step - b.step);
}

/** Files such as `000010.jsonl` and `000010-hints.jsonl`, in the order of steps. */
async function stepFiles(folder: string, part: "rollouts" | "validation"): Promise<TraceFile[]> {
  const names = await readdir(join(folder, part)).catch(() => []);
  return names.sort().flatMap((name): TraceFile[] => {
    const match = /^(\d+)(-hints)?\.jsonl$/.exec(name);
    if (!match) return [];
    const validation = match[2] ? "validation with hints" : "validation";
    const kind = part === "rollouts" ? "rollout" : validation;
    return [{ path: join(folder, part, name), kind, step: Number(match[1]) }];
  });
}
