import type { Environment } from "../../core/environment.ts";
import type { Task, TaskCall } from "../../task/task.ts";

/** What candidates are drawn from. No hint and no feedback is in it. */
export interface CandidatePlace {
  readonly task: Task;
  readonly environment: Environment;
  readonly state: object;
  readonly turn: number;
  readonly step: number;
  /** Of the episode: its rollouts in one group, and in every arm, meet the same candidates in the same place. */
  readonly seed: string;
  /** The tools that may be called now. */
  readonly offered: readonly string[];
  /** Calls made in this turn, the latest last, and whether each succeeded. */
  readonly made: readonly { readonly call: TaskCall; readonly succeeded: boolean }[];
  /** All that the user said and calls returned. */
  readonly texts: readonly string[];
  /** Values in the latest of these. */
  readonly visible: readonly unknown[];
}
