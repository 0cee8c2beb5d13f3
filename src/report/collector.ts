import { stat } from "node:fs/promises";
import { type Profile, profiles } from "../grading/profile.ts";
import { type EpisodeSummary, summarizeEpisode } from "../rollout/episode-summary.ts";
import { episodeKey } from "../rollout/journal.ts";
import type { Trace } from "../rollout/trace.ts";
import { readPlacedTraces, readTraces } from "../rollout/trace-file.ts";
import type { EnvironmentOf } from "../task/check.ts";
import { DataError } from "../task/problem.ts";
import { blockWriter } from "./blocks.ts";
import { episodeRow } from "./episode-row.ts";
import { replayTrace } from "./replay.ts";
import type { EpisodeDetail, EpisodeRow, Missing, SourceData } from "./report-data.ts";
import { runFacts } from "./run-facts.ts";
import { identityOf, settingsOf } from "./settings.ts";
import { type ShownTraces, shownTraces } from "./shown-traces.ts";
import type { Source, TraceFile } from "./source.ts";
import { taskTable } from "./task-table.ts";
import { type NamedDataset, type ReportTasks, tasksAtHand } from "./tasks-at-hand.ts";
import { decisionMarks, stageBands, trainingFacts } from "./training-summary.ts";

/** Reads the sources of a report one after the other; of an episode only its row stays as it is, the rest is kept compressed. */
export function collectorOf(tasks: readonly ReportTasks[], environmentOf: EnvironmentOf, mostEpisodes: number) {
  const truthOf = tasksAtHand(tasks, environmentOf);
  const table = taskTable();
  const details = blockWriter();
  const episodes: EpisodeRow[] = [];
  let sources = 0;

  /** Returns why there are no state diffs, where there are none. */
  const addEpisode = (trace: Trace, { kind, step }: TraceFile, source: Source, likely: Profile): string | undefined => {
    const truth = truthOf(trace, fieldsOf(source.manifest));
    const replay = "task" in truth ? replayTrace(truth, trace, likely) : truth;
    details.add({ trace, replay } satisfies EpisodeDetail);
    const stage = source.records.find((record) => record.step === step)?.stage;
    const place = {
      ...{ source: sources, task: table.add(trace, truth, sources), kind },
      ...(step === undefined ? {} : { step }),
      ...(stage === undefined ? {} : { stage }),
    };
    episodes.push(episodeRow(trace, place));
    return (replay as Partial<Missing>).missing;
  };

  return {
    async add(source: Source, name: string): Promise<SourceData> {
      const { kind, manifest, records } = source;
      const { files, thinned } = await shownTraces(source, mostEpisodes);
      const likely = profileOf(source);
      const summaries: EpisodeSummary[] = [];
      const missing = new Map<string, number>();
      const isCurrent = kind === "run" ? await lastRecords(files) : () => true;
      let shown = 0;
      let read = 0;
      for (const file of files)
        for await (const { trace, place } of readPlacedTraces(file.path)) {
          read = place.start + place.length;
          if (!isCurrent(trace)) continue;
          if (kind !== "training run") summaries.push(summarizeEpisode(trace));
          if (shown >= mostEpisodes) continue;
          shown += 1;
          const why = addEpisode(trace, file, source, likely);
          if (why !== undefined) missing.set(why, (missing.get(why) ?? 0) + 1);
        }
      if (kind === "traces" && summaries.length === 0) throw new DataError(`${files[0]!.path} holds no trace`);
      const isCut = kind === "traces" && (await stat(files[0]!.path)).size > read;
      sources += 1;
      return {
        ...{
          name,
          kind,
          settings: settingsOf(manifest),
          bands: stageBands(records),
          decisions: decisionMarks(records),
        },
        facts: [...identityOf(manifest), ...(kind === "training run" ? trainingFacts(records) : runFacts(summaries))],
        notes: [
          ...(isCut ? ["The last line does not end, as after a kill, and is left out."] : []),
          ...leftOut(shown, thinned ?? { total: summaries.length, oneIn: 1 }),
          ...[...missing].map(([why, times]) => `Without state diffs: ${times} of ${shown} episodes. ${why}`),
        ],
      };
    },
    close: () => ({ episodes, tasks: table.rows, episodeBlocks: details.close(), taskBlocks: table.blocks() }),
  };
}

/** Tells the records of a run that count from those that were replaced, asked in the order in which they are read. */
async function lastRecords(files: readonly TraceFile[]): Promise<(trace: Trace) => boolean> {
  const left = new Map<string, number>();
  if (files.length > 1)
    for (const { path } of files)
      for await (const trace of readTraces(path)) left.set(episodeKey(trace), (left.get(episodeKey(trace)) ?? 0) + 1);
  return (trace) => {
    const records = left.get(episodeKey(trace)) ?? 1;
    left.set(episodeKey(trace), records - 1);
    return records === 1;
  };
}

function leftOut(shown: number, { total, oneIn }: NonNullable<ShownTraces["thinned"]>): string[] {
  if (shown >= total) return [];
  const which = oneIn > 1 ? `those of one in ${oneIn} rollout steps and validations` : "the first ones";
  return [`${shown.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} episodes are shown: ${which}.`];
}

/** What a manifest of any kind of run may say of dataset and profile. */
function fieldsOf(manifest: unknown): NamedDataset & { readonly profile?: string | undefined } {
  const fields = manifest as Readonly<Record<string, unknown>> | null | undefined;
  const text = (name: string) => (typeof fields?.[name] === "string" ? (fields[name] as string) : undefined);
  return { dataset: text("dataset"), datasetHash: text("datasetHash"), profile: text("profile") };
}

/** Training is strict unless its manifest says otherwise. */
function profileOf({ kind, manifest }: Source): Profile {
  const named = fieldsOf(manifest).profile;
  const known = Object.values(profiles).find(({ name }) => name === named);
  return known ?? (kind === "training run" ? profiles.strict : profiles.bfcl);
}
