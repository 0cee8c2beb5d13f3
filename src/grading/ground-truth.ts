import { callFailureCodes } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import type { Failed, Outcome } from "../core/outcome.ts";
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

/** Replays a task's ground truth. Throws where one of its calls is no call that a tool takes, naming it. */
export function replayGroundTruth(task: Task, environment: Environment, extension?: unknown): GroundTruth {
  const initial: object = environment.init(task.config, task.longContext ? extension : undefined);
  let state = initial;
  const turns = task.turns.map(({ groundTruth }, turn): GroundTruthTurn => {
    const texts = groundTruth.map((call, index) => {
      const step = environment.step(state, call);
      if (isUnmakeable(step.outcome))
        throw new Error(`${task.id}: turns[${turn}].groundTruth[${index}]: ${step.outcome.error.message}`);
      state = step.state;
      return environment.text(call.tool, step.outcome);
    });
    return { texts, state };
  });
  return { task, environment, initial, turns };
}

/** Whether a call never reached its tool: in a ground truth, the author's mistake. */
function isUnmakeable(outcome: Outcome): outcome is Failed {
  return (
    !outcome.ok &&
    outcome.error.code !== "raised" &&
    (callFailureCodes as readonly string[]).includes(outcome.error.code)
  );
}
