import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import type { EpisodeDetail, Missing, ReportData, TaskDetail } from "../../src/report/report-data.ts";

/** A report's data as its page would read them. */
export interface ReadReport {
  readonly html: string;
  readonly data: ReportData;
  readonly episodes: readonly EpisodeDetail[];
  readonly tasks: readonly (TaskDetail | Missing)[];
}

export function readReport(path: string): ReadReport {
  const html = readFileSync(path, "utf8");
  const unpacked = (id: string) => {
    const text = new RegExp(`<script type="text/plain" id="${id}">([A-Za-z0-9+/=]*)</script>`).exec(html)![1]!;
    return JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString("utf8"));
  };
  const data: ReportData = unpacked("report");
  return {
    html,
    data,
    episodes: data.episodeBlocks.flatMap((_, block) => unpacked(`episodes-${block}`)),
    tasks: data.taskBlocks.flatMap((_, block) => unpacked(`tasks-${block}`)),
  };
}
