import { type Profile, profiles } from "../grading/profile.ts";
import { type EpisodeSummary, summarizeEpisode } from "../rollout/episode-summary.ts";
import { readTraces } from "../rollout/trace-file.ts";
import type { EnvironmentOf } from "../task/check.ts";
import { DataError } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { blockWriter } from "./blocks.ts";
import { chartsOf } from "./charts.ts";
import { episodeRow } from "./episode-row.ts";
import { pageParts } from "./page.ts";
import { replayTrace } from "./replay.ts";
import { loadReportApp } from "./report-app.ts";
import type { EpisodeDetail, EpisodeRow, Missing, SourceData } from "./report-data.ts";
import { runFacts } from "./run-facts.ts";
import { differingSettings, settingsOf } from "./settings.ts";
import { shownTraces } from "./shown-traces.ts";
import { openSource, type Source } from "./source.ts";
import { taskTable } from "./task-table.ts";
import { type NamedDataset, type ReportTasks, tasksAtHand } from "./tasks-at-hand.ts";
import { decisionMarks, stageBands, trainingFacts } from "./training-summary.ts";

export interface ReportOptions {
  /** The HTML file to write. */
  readonly out: string;
  /** Tasks to replay the episodes on, for state diffs and ground truths; without the right ones the report says what it lacks. */
  readonly tasks: readonly ReportTasks[];
  readonly environmentOf: EnvironmentOf;
  /** Episodes to show of each source; 2,000 unless given. */
  readonly mostEpisodes?: number;
}

export interface WrittenReport {
  readonly episodes: number;
  /** What is missing or left out, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Writes a report of training runs, runs over tasks and files of traces: one HTML file that needs nothing else. Throws a
 * `DataError` where a path is none of these, or a line in it cannot be read.
 */
export async function writeReport(
  paths: readonly string[],
  { out, tasks, environmentOf, mostEpisodes = 2000 }: ReportOptions,
): Promise<WrittenReport> {
  if (paths.length === 0) throw new DataError("name a folder of a run, or a file of traces");
  const opened: Source[] = [];
  for (const path of paths) opened.push(await openSource(path));
  const names = namesOf(opened, paths);
  const truthOf = tasksAtHand(tasks, environmentOf);
  const table = taskTable();
  const details = blockWriter();
  const episodes: EpisodeRow[] = [];
  const sources: SourceData[] = [];
  for (const [index, source] of opened.entries()) {
    const { files, note } = await shownTraces(source, mostEpisodes);
    const named = manifestFields(source.manifest);
    const likely = profileOf(source, named.profile);
    const stages = new Map(source.records.map(({ step, stage }) => [step, stage]));
    const summaries: EpisodeSummary[] = [];
    const missing = new Map<string, number>();
    let shown = 0;
    for (const { path, kind, step } of files)
      for await (const trace of readTraces(path)) {
        if (source.kind !== "training run") summaries.push(summarizeEpisode(trace));
        if (shown >= mostEpisodes) continue;
        shown += 1;
        const truth = truthOf(trace, named);
        const detail: EpisodeDetail = { trace, replay: "task" in truth ? replayTrace(truth, trace, likely) : truth };
        if ("missing" in detail.replay) count(missing, detail.replay);
        const stage = step === undefined ? undefined : stages.get(step);
        const place = {
          source: index,
          task: table.add(trace, truth, index),
          kind,
          ...(step === undefined ? {} : { step }),
          ...(stage === undefined ? {} : { stage }),
        };
        episodes.push(episodeRow(trace, place));
        details.add(detail);
      }
    sources.push({
      name: names[index]!,
      kind: source.kind,
      facts: source.kind === "training run" ? trainingFacts(source.records) : runFacts(summaries),
      settings: settingsOf(source.manifest),
      notes: [
        ...(note ? [note] : []),
        ...(summaries.length > shown ? [`The first ${shown} of ${summaries.length} episodes are shown.`] : []),
        ...[...missing].map(([why, times]) => `Without state diffs: ${times} of ${shown} episodes. ${why}`),
      ],
      bands: stageBands(source.records),
      decisions: decisionMarks(source.records),
    });
  }
  const kept = { episodes: details.close(), tasks: table.blocks() };
  const manifests = opened.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest]));
  const data = {
    sources,
    differing: differingSettings(manifests),
    ...chartsOf(opened),
    tasks: table.rows,
    episodes,
    episodeBlocks: kept.episodes.starts,
    taskBlocks: kept.tasks.starts,
  };
  const title = `${names.join(", ")}: envtune report`;
  await writeWhole(out, pageParts({ title, data, ...kept, app: await loadReportApp() }));
  return { episodes: episodes.length, notes: sources.flatMap(({ notes }) => notes) };
}

/** The last part of each path where that tells them apart, else the path as it was given. */
function namesOf(sources: readonly Source[], paths: readonly string[]): string[] {
  return sources.map(({ name }, index) =>
    sources.some((other, at) => at !== index && other.name === name) ? paths[index]! : name,
  );
}

const count = (counts: Map<string, number>, { missing }: Missing) =>
  counts.set(missing, (counts.get(missing) ?? 0) + 1);

/** What a manifest of any kind of run may say of dataset and profile. */
function manifestFields(manifest: unknown): NamedDataset & { readonly profile?: string | undefined } {
  const fields = (typeof manifest === "object" ? manifest : null) as Readonly<Record<string, unknown>> | null;
  const text = (name: string) => (typeof fields?.[name] === "string" ? (fields[name] as string) : undefined);
  return { dataset: text("dataset"), datasetHash: text("datasetHash"), profile: text("profile") };
}

/** Training is strict unless its manifest says otherwise. */
function profileOf({ kind }: Source, name: string | undefined): Profile {
  const known = Object.values(profiles).find((profile) => profile.name === name);
  return known ?? (kind === "training run" ? profiles.strict : profiles.bfcl);
}
