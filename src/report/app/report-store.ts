import type { EpisodeDetail, Missing, ReportData, TaskDetail } from "../report-data.ts";
import { required } from "./dom.ts";

/** What the page carries: the overview, and what lies in blocks, read as it is asked for. */
export interface ReportStore {
  readonly data: ReportData;
  episode(index: number): Promise<EpisodeDetail>;
  task(index: number): Promise<TaskDetail | Missing>;
}

export async function openStore(): Promise<ReportStore> {
  const data = (await unpacked("report")) as ReportData;
  return {
    data,
    episode: blockReader<EpisodeDetail>("episodes", data.episodeBlocks),
    task: blockReader<TaskDetail | Missing>("tasks", data.taskBlocks),
  };
}

const mostBlocks = 16;

/** Reads values out of blocks, and keeps the blocks that were read last. */
function blockReader<T>(name: string, starts: readonly number[]): (index: number) => Promise<T> {
  const kept = new Map<number, Promise<readonly T[]>>();
  return async (index) => {
    const block = starts.findLastIndex((start) => start <= index);
    const values = kept.get(block) ?? (unpacked(`${name}-${block}`) as Promise<readonly T[]>);
    kept.delete(block);
    kept.set(block, values);
    if (kept.size > mostBlocks) kept.delete(kept.keys().next().value!);
    return (await values)[index - starts[block]!]!;
  };
}

async function unpacked(id: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(required(`#${id}`).textContent!), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}
