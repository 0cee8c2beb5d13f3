import { summarizeEpisode } from "../rollout/episode-summary.ts";
import type { Trace } from "../rollout/trace.ts";
import type { EpisodeRow } from "./report-data.ts";

/** A trace as the list of episodes has it; where it comes from is given. */
export function episodeRow(
  trace: Trace,
  place: Pick<EpisodeRow, "source" | "task" | "kind" | "step" | "stage">,
): EpisodeRow {
  const steps = trace.turns.flatMap((turn) => turn.steps);
  const calls = steps.flatMap((step) => step.calls);
  const results = steps.flatMap((step) => step.results);
  const { calls: called, failedCalls } = summarizeEpisode(trace);
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const unreadable = steps.some((step) => step.unreadable !== undefined) ? ["unreadable"] : [];
  const reasons = trace.turns.flatMap((turn) => (turn.reasons ?? []).map(({ code }) => code));
  return {
    ...place,
    sample: trace.sample,
    policy: trace.policy,
    ended: trace.ended,
    solved: trace.grade.valid,
    progress: trace.grade.progress,
    ...(trace.reward ? { reward: trace.reward.value } : {}),
    calls: called,
    failedCalls,
    hints: results.filter(({ hint }) => hint !== undefined).length,
    tools: unique(calls.map((call) => (typeof call === "string" ? nameIn(call) : call.tool))),
    failures: unique([...unreadable, ...failures]),
    reasons: unique(reasons),
  };
}

const nameIn = (text: string): string => /^[\w.]+/.exec(text)?.[0] ?? "";
const unique = (names: readonly string[]): string[] => [...new Set(names.filter((name) => name !== ""))];
