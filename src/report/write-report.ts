import type { EnvironmentOf } from "../task/check.ts";
import { DataError } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { chartsOf } from "./charts.ts";
import { collectorOf } from "./collector.ts";
import { pageParts } from "./page.ts";
import { loadReportApp } from "./report-app.ts";
import type { ReportData, SourceData } from "./report-data.ts";
import { differingSettings } from "./settings.ts";
import { openSource, type Source } from "./source.ts";
import type { ReportTasks } from "./tasks-at-hand.ts";

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
  const collector = collectorOf(tasks, environmentOf, mostEpisodes);
  const sources: SourceData[] = [];
  for (const [index, source] of opened.entries()) sources.push(await collector.add(source, names[index]!));
  const { episodes, ...collected } = collector.close();
  const manifests = opened.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest]));
  const data: ReportData = {
    sources,
    differing: differingSettings(manifests),
    ...chartsOf(opened),
    tasks: collected.tasks,
    episodes,
    episodeBlocks: collected.episodeBlocks.starts,
    taskBlocks: collected.taskBlocks.starts,
  };
  const title = `${names.join(", ")}: envtune report`;
  await writeWhole(out, pageParts({ title, data, ...collected, app: await loadReportApp() }));
  return { episodes: episodes.length, notes: sources.flatMap(({ notes }) => notes) };
}

/** The last part of each path where that tells them apart, else the path as it was given. */
function namesOf(sources: readonly Source[], paths: readonly string[]): string[] {
  return sources.map(({ name }, index) =>
    sources.some((other, at) => at !== index && other.name === name) ? paths[index]! : name,
  );
}
