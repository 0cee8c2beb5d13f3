import { appendFileSync } from "node:fs";
import { mkdir, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { manifestFile, type RunManifest, readManifest, requireSameRun } from "./manifest.ts";
import { Trace } from "./trace.ts";

const tracesFile = "traces.jsonl";
const journalFile = "journal.jsonl";
const timingsFile = "timings.jsonl";

/** A finished episode: its trace, and the line that stands for it in files. */
export interface TracedEpisode {
  readonly trace: Trace;
  readonly line: string;
}

/** How long an episode took, in milliseconds; kept apart, so that traces do not depend on the clock. */
export interface Timing {
  readonly id: string;
  readonly sample: number;
  readonly milliseconds: number;
}

export const episodeKey = ({ id, sample }: { readonly id: string; readonly sample: number }): string =>
  `${id}#${sample}`;

/**
 * The folder of a run. Episodes are appended to a journal as they finish, so that a kill costs none of them; `close` writes all of
 * them to `traces.jsonl` in the order of the tasks.
 */
export interface Journal {
  /** The episodes of earlier sittings by `episodeKey`; a later record of an episode replaces an earlier one. */
  readonly kept: ReadonlyMap<string, TracedEpisode>;
  append(trace: Trace, timing: Timing): TracedEpisode;
  close(inOrder: readonly TracedEpisode[]): Promise<void>;
}

/** Opens a run's folder, or makes it. Throws a `DataError` where it holds another run; `fresh` removes that run's files. */
export async function openJournal(folder: string, manifest: RunManifest, fresh = false): Promise<Journal> {
  const path = (file: string) => join(folder, file);
  if (fresh)
    for (const file of [manifestFile, tracesFile, journalFile, timingsFile]) await rm(path(file), { force: true });
  const earlier = await readManifest(folder);
  if (earlier) requireSameRun(folder, earlier, manifest);
  const kept = new Map<string, TracedEpisode>();
  for (const file of [tracesFile, journalFile])
    for (const episode of await readTraces(path(file))) kept.set(episodeKey(episode.trace), episode);
  if (!earlier && kept.size > 0)
    throw new DataError(
      `${folder} holds traces without a ${manifestFile}; name another folder with --out, or replace them with --fresh`,
    );
  await heal(path(timingsFile));
  await mkdir(folder, { recursive: true });
  await writeWhole(path(manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return {
    kept,
    append(trace, timing) {
      const line = JSON.stringify(trace);
      appendFileSync(path(journalFile), `${line}\n`);
      appendFileSync(path(timingsFile), `${JSON.stringify(timing)}\n`);
      return { trace, line };
    },
    async close(inOrder) {
      await writeWhole(path(tracesFile), inOrder.map(({ line }) => `${line}\n`).join(""));
      await rm(path(journalFile), { force: true });
    },
  };
}

async function readTraces(path: string): Promise<TracedEpisode[]> {
  const lines = await heal(path);
  return lines.map((line, index) => {
    try {
      return { trace: Trace.parse(JSON.parse(line)), line };
    } catch {
      throw new DataError(`${path}:${index + 1}: this line is no trace; remove it, or start over with --fresh`);
    }
  });
}

/** The whole lines of a file. A kill in the middle of a write leaves a part of one at the end; it is cut off. */
async function heal(path: string): Promise<string[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new DataError(`${path} cannot be read: ${error.message}`);
  });
  if (!bytes) return [];
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) await truncate(path, end);
  return bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
}
