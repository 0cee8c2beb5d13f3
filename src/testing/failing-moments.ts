import type { Call } from "../core/call.ts";
import { type SeededRandom, seededRandom } from "../core/seeded-random.ts";
import type { FailedMoment } from "../feedback/failed-moment.ts";
import type { PastCall } from "../feedback/history.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { randomCall } from "../rollout/random-call.ts";
import { hiddenAt } from "../task/held-out.ts";

/** A failed call at some point of a task, with what a model has seen by then. */
export interface TaskMoment extends FailedMoment {
  readonly task: string;
  readonly turn: number;
  readonly call: Call;
  /** The text of the failure, without any hint. */
  readonly text: string;
  /** The state before the call. */
  readonly before: object;
  /** What the user said up to here. */
  readonly said: readonly string[];
}

/** Random calls at each step of a ground truth, besides the ground truth's own with something changed. */
const randomCalls = 2;

/**
 * The failures met on a walk along a task's ground truth: at each of its calls, the call misspelt in several ways, the calls after
 * it tried too early, and a few random ones. Seeded, so that a finding can be looked at again.
 */
export function* failingMoments(truth: GroundTruth, seed: string): Generator<TaskMoment> {
  const { task, environment } = truth;
  const random = seededRandom(JSON.stringify([seed, task.id]));
  const past: Omit<PastCall, "age">[] = [];
  let state = truth.initial;
  for (const [turn, { groundTruth }] of task.turns.entries()) {
    const hidden = hiddenAt(task.turns, turn);
    const offered = new Set(Object.keys(environment.tools).filter((tool) => !hidden.has(tool)));
    const said = task.turns.slice(0, turn + 1).map(({ user }) => user);
    for (const [index, call] of groundTruth.entries()) {
      const tried = [
        ...misspelt(call, random),
        ...groundTruth.slice(index + 1),
        ...Array.from({ length: randomCalls }, () => randomCall(environment, state, hidden, random)),
      ];
      const history = past.map((one, at) => ({ ...one, age: past.length - at }));
      for (const wrong of tried) {
        const { state: after, outcome } = environment.step(state, wrong as never);
        if (outcome.ok) continue;
        const text = environment.text(wrong.tool, outcome);
        const { error } = outcome;
        yield {
          task: task.id,
          turn,
          environment,
          state: after,
          before: state,
          call: wrong,
          error,
          text,
          history,
          offered,
          said,
        };
      }
      const step = environment.step(state, call as never);
      state = step.state;
      const { outcome } = step;
      const text = environment.text(call.tool, outcome);
      past.push({ call, text, ...(outcome.ok ? {} : { failure: outcome.error.code }) });
    }
  }
}

/** A call with one thing wrong: its name, an argument too few or too many, each text cut short or made a path. */
function misspelt(call: Call, random: SeededRandom): Call[] {
  const { tool, args } = call;
  const names = Object.keys(args);
  const wrong: Call[] = [
    { tool: tool.slice(0, -1), args },
    { tool: `${tool}<|channel|>commentary`, args },
    { tool, args: { ...args, surplus: 1 } },
  ];
  if (names.length > 0) {
    const dropped = random.pick(names);
    wrong.push({ tool, args: Object.fromEntries(Object.entries(args).filter(([name]) => name !== dropped)) });
    wrong.push({ tool, args: { ...args, [random.pick(names)]: { odd: [] } } });
  }
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === "string")
      for (const other of [value.slice(0, -1), `${value}x`, `folder/${value}`, value.toLowerCase()])
        wrong.push({ tool, args: { ...args, [name]: other } });
    if (typeof value === "number")
      for (const other of [-value, value + 1, value * 1000]) wrong.push({ tool, args: { ...args, [name]: other } });
  }
  return wrong;
}
