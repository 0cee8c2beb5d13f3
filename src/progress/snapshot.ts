import type { Execution } from "../grading/execution.ts";
import type { AssessedEpisode } from "./assess.ts";

/** A moment of an episode: as it began, and after each executed call. */
export interface Snapshot {
  readonly state: object;
  /** The turn it belongs to, from 0. */
  readonly turn: number;
  /** The call just executed and its outcome; undefined as the episode begins. */
  readonly execution: Execution | undefined;
  /** The calls executed so far, this one among them. */
  readonly executions: readonly Execution[];
}

/** The moments of an episode, in order. */
export function executedSnapshots({ truth, turns }: AssessedEpisode): Snapshot[] {
  const so: Execution[] = [];
  const snapshots: Snapshot[] = [{ state: truth.initial, turn: 0, execution: undefined, executions: [] }];
  for (const { turn, executions } of turns)
    for (const execution of executions) {
      so.push(execution);
      snapshots.push({ state: execution.state, turn, execution, executions: so.slice() });
    }
  return snapshots;
}
