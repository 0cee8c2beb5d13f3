import type { Graded } from "../grading/group.ts";
import type { Trace } from "./trace.ts";

/** What remains in memory of an episode whose trace is in a file: enough for the summary of a run. */
export interface EpisodeSummary
  extends Graded,
    Pick<Trace, "id" | "sample" | "family" | "ended" | "reason" | "abstention"> {
  /** Messages of the model, and calls in them, over all turns. */
  readonly steps: number;
  readonly calls: number;
  /** Of the messages, those that could not be read. */
  readonly unreadable: number;
  /** Turns that were begun. */
  readonly turns: number;
  /** Calls that failed. */
  readonly failedCalls: number;
  /** Messages that the server cut off at a limit of tokens. */
  readonly cutMessages: number;
  /** Its reward, where the run computes one. */
  readonly reward?: number;
}

export function summarizeEpisode(trace: Trace): EpisodeSummary {
  const { id, sample, family, category, ended, reason, turns, grade, abstention, reward } = trace;
  const steps = turns.flatMap((turn) => turn.steps);
  return {
    ...{ id, sample, family, category, ended, abstention },
    ...(reason === undefined ? {} : { reason }),
    grade: { valid: grade.valid, progress: grade.progress },
    steps: steps.length,
    calls: steps.reduce((sum, { calls }) => sum + calls.length, 0),
    unreadable: steps.filter(({ unreadable }) => unreadable !== undefined).length,
    turns: turns.length,
    failedCalls: steps.flatMap(({ results }) => results).filter(({ failure }) => failure !== undefined).length,
    cutMessages: steps.filter(({ message }) => message.cut).length,
    ...(reward ? { reward: reward.value } : {}),
  };
}
