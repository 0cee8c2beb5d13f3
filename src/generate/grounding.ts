import type { Environment } from "../core/environment.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Task, TaskCall } from "../task/task.ts";
import { type Leaf, leavesOf } from "./leaves.ts";
import { inDocument, Readable } from "./readable.ts";

export interface UngroundedLeaf extends Leaf {
  /** Whether all words of a text could be read, though not the text as it stands. */
  readonly inParts: boolean;
}

/** One call of a ground truth as it is made, and what of its arguments could not be read by then. */
export interface GroundedCall {
  readonly turn: number;
  readonly position: number;
  readonly call: TaskCall;
  readonly outcome: Outcome;
  /** Values that neither the user, nor a result, nor the tool's document has named. */
  readonly ungrounded: readonly UngroundedLeaf[];
}

/** Makes the calls of a ground truth one by one, with all that a model could have read before each. */
export function* groundedCalls(task: Task, environment: Environment, extension?: unknown): Generator<GroundedCall> {
  const readable = new Readable();
  let state: object = environment.init(task.config, task.longContext ? extension : undefined);
  for (const [turn, { user, groundTruth }] of task.turns.entries()) {
    readable.say(user);
    for (const [position, call] of groundTruth.entries()) {
      const tool = environment.tools[call.tool]!;
      const ungrounded = leavesOf(call.args)
        .filter(({ value }) => !readable.has(value) && !inDocument(value, call.tool, tool))
        .map((leaf) => ({ ...leaf, inParts: typeof leaf.value === "string" && readable.hasWordsOf(leaf.value) }));
      const step = environment.step(state, call);
      yield { turn, position, call, outcome: step.outcome, ungrounded };
      state = step.state;
      const { outcome } = step;
      readable.result(environment.text(call.tool, outcome), outcome.ok ? outcome.value : outcome.error.data);
    }
  }
}
