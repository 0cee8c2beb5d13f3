import type { TurnReasonCode } from "../progress/turn-reason.ts";
import { type EpisodeSummary, summarizeEpisode } from "../rollout/episode-summary.ts";
import { episodeFiles, episodeKey } from "../rollout/journal.ts";
import { type RunManifest, readManifest } from "../rollout/manifest.ts";
import type { Trace } from "../rollout/trace.ts";
import { readTraces } from "../rollout/trace-file.ts";
import { DataError } from "../task/problem.ts";

/** An episode as runs are compared by it. */
export interface EvaluatedEpisode extends EpisodeSummary {
  /** The most telling reason of each turn that failed. */
  readonly turnReasons: readonly TurnReasonCode[];
}

/** A run that was played before: of `envtune evaluate`, or of `envtune run`. */
export interface EvaluatedRun {
  readonly manifest: RunManifest;
  readonly episodes: readonly EvaluatedEpisode[];
}

export function evaluatedEpisode(trace: Trace): EvaluatedEpisode {
  const turnReasons = trace.turns.flatMap(({ reasons = [] }) => reasons.slice(0, 1).map(({ code }) => code));
  return { ...summarizeEpisode(trace), turnReasons };
}

/** Reads a run's folder. Throws a `DataError` where there is no run in it. */
export async function readEvaluatedRun(folder: string): Promise<EvaluatedRun> {
  const manifest = await readManifest(folder);
  if (!manifest)
    throw new DataError(`${folder}: there is no run here; name a folder that envtune evaluate or envtune run wrote`);
  const episodes = new Map<string, EvaluatedEpisode>();
  for (const file of episodeFiles(folder))
    for await (const trace of readTraces(file)) episodes.set(episodeKey(trace), evaluatedEpisode(trace));
  return { manifest, episodes: [...episodes.values()] };
}
