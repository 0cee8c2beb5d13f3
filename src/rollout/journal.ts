import { appendFileSync, statSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { type EpisodeSummary, summarizeEpisode } from "./episode-summary.ts";
import { cutPartialLine, type LinePlace, readPlaces } from "./line-file.ts";
import { manifestFile, type RunManifest, readManifest, requireSameRun } from "./manifest.ts";
import type { Trace } from "./trace.ts";
import { readPlacedTraces } from "./trace-file.ts";

const tracesFile = "traces.jsonl";
const journalFile = "journal.jsonl";
const timingsFile = "timings.jsonl";

/** A finished episode, and where its trace lies: traces of a whole run may be more than memory holds. */
export interface FinishedEpisode {
  readonly summary: EpisodeSummary;
  readonly place: LinePlace;
}

/** The files with a run's episodes. While it goes on, or after a kill, an episode may stand in them twice: its last record counts. */
export const episodeFiles = (folder: string): string[] => [tracesFile, journalFile].map((file) => join(folder, file));

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
  /** The episodes of earlier sittings by `episodeKey`. */
  readonly kept: ReadonlyMap<string, FinishedEpisode>;
  append(trace: Trace, timing: Timing): FinishedEpisode;
  close(inOrder: readonly FinishedEpisode[]): Promise<void>;
}

/** Opens a run's folder, or makes it. Throws a `DataError` where it holds another run; `fresh` removes that run's files. */
export async function openJournal(folder: string, manifest: RunManifest, fresh = false): Promise<Journal> {
  const path = (file: string) => join(folder, file);
  if (fresh)
    for (const file of [manifestFile, tracesFile, journalFile, timingsFile]) await rm(path(file), { force: true });
  const earlier = await readManifest(folder);
  if (earlier) requireSameRun(folder, earlier, manifest);
  for (const file of [tracesFile, journalFile, timingsFile]) await cutPartialLine(path(file));
  const kept = new Map<string, FinishedEpisode>();
  for (const file of episodeFiles(folder))
    for await (const { trace, place } of readPlacedTraces(file))
      kept.set(episodeKey(trace), { summary: summarizeEpisode(trace), place });
  if (!earlier && kept.size > 0)
    throw new DataError(
      `${folder} holds traces without a ${manifestFile}; name another folder with --out, or replace them with --fresh`,
    );
  await mkdir(folder, { recursive: true });
  await writeWhole(path(manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return {
    kept,
    append(trace, timing) {
      const line = Buffer.from(`${JSON.stringify(trace)}\n`);
      appendFileSync(path(journalFile), line);
      const start = statSync(path(journalFile)).size - line.length;
      appendFileSync(path(timingsFile), `${JSON.stringify(timing)}\n`);
      return { summary: summarizeEpisode(trace), place: { path: path(journalFile), start, length: line.length } };
    },
    async close(inOrder) {
      await writeWhole(path(tracesFile), readPlaces(inOrder.map(({ place }) => place)));
      await rm(path(journalFile), { force: true });
    },
  };
}
