import type { Environment } from "../core/environment.ts";
import type { Task } from "../task/task.ts";

/** A task's right solution, replayed once and kept: what every turn's state and results should be. */
export interface GroundTruth {
  readonly task: Task;
  readonly environment: Environment;
  readonly initial: object;
  readonly turns: readonly GroundTruthTurn[];
}
export interface GroundTruthTurn {
  /** The result texts of the turn's calls, in order. */
  readonly texts: readonly string[];
  /** The state after the turn. */
  readonly state: object;
}

/** Replays a task's ground truth. `initial` may be given where it is known already; model and truth then share it. */
export function replayGroundTruth(task: Task, environment: Environment, extension?: unknown): GroundTruth {
  const initial: object = environment.init(task.config, task.longContext ? extension : undefined);
  let state = initial;
  const turns = task.turns.map(({ groundTruth }): GroundTruthTurn => {
    const texts = groundTruth.map((call) => {
      const step = environment.step(state, call);
      state = step.state;
      return environment.text(call.tool, step.outcome);
    });
    return { texts, state };
  });
  return { task, environment, initial, turns };
}
