import type { EpisodeSummary } from "../rollout/episode-summary.ts";
import { summarizeRun } from "../rollout/run-summary.ts";
import { percent } from "./figure-text.ts";
import type { Fact } from "./report-data.ts";

/** What a run over tasks came to. */
export function runFacts(episodes: readonly EpisodeSummary[]): Fact[] {
  const groups = summarizeRun(episodes);
  const all = groups.at(-1);
  if (!all) return [["episodes", "0"]];
  const facts: Fact[] = [
    ["episodes", all.episodes.toLocaleString("en-US")],
    ["accuracy", percent(all.accuracy)],
    ["progress", percent(all.progress)],
  ];
  if (all.reward !== undefined) facts.push(["reward", all.reward.toFixed(3)]);
  facts.push(["calls an episode", all.calls.toFixed(1)]);
  if (all.aborted > 0) facts.push(["aborted", String(all.aborted)]);
  for (const { group, accuracy, episodes: count } of groups.slice(0, -1))
    facts.push([`accuracy in ${group}`, `${percent(accuracy)} of ${count}`]);
  return facts;
}
