import type { EpisodeSummary } from "./episode-summary.ts";

/** How messages and calls went, whatever they achieved. */
export interface Conduct {
  /** Share of the model's messages that could not be read. */
  readonly formatErrors: number;
  readonly failedCallsPerTurn: number;
}

type Counts = Pick<EpisodeSummary, "steps" | "unreadable" | "turns" | "failedCalls">;

/** Over all messages and turns of the episodes; 0 where there are none. */
export function conductOf(episodes: readonly Counts[]): Conduct {
  const ratio = (part: keyof Counts, whole: keyof Counts) => {
    const total = (count: keyof Counts) => episodes.reduce((sum, episode) => sum + episode[count], 0);
    return total(whole) === 0 ? 0 : total(part) / total(whole);
  };
  return { formatErrors: ratio("unreadable", "steps"), failedCallsPerTurn: ratio("failedCalls", "turns") };
}
