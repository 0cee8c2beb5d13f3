import type { Call } from "../core/call.ts";
import type { Failure } from "../core/outcome.ts";
import { type SeededRandom, seededRandom } from "../core/seeded-random.ts";
import type { FailedMoment } from "../feedback/failed-moment.ts";
import type { PastCall } from "../feedback/history.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Trajectory } from "../grading/trajectory.ts";
import { readCall } from "../python/execute.ts";
import { randomCall } from "../rollout/random-call.ts";
import { hiddenAt } from "../task/held-out.ts";

/** A failed call at some point of a task, with what a model has seen by then. */
export interface TaskMoment extends FailedMoment {
  readonly task: string;
  readonly family: string;
  readonly turn: number;
  readonly call: Call;
  /** The text of the failure, without any hint. */
  readonly text: string;
  /** The state before the call. */
  readonly before: object;
  /** What the user said up to here. */
  readonly said: readonly string[];
}

/** A text in a call's place that could not be read as one; the environment never saw it. */
export interface UnreadableMoment extends Omit<TaskMoment, "call"> {
  readonly call: undefined;
  readonly made: string;
}

/**
 * The failures met on a walk along a task's ground truth: at each of its calls, the call misspelt in several ways, the calls after
 * it tried too early, and two random ones. Seeded, so that a finding can be looked at again.
 */
export function* failingMoments(truth: GroundTruth, seed: string): Generator<TaskMoment> {
  const random = seededRandom(JSON.stringify([seed, truth.task.id]));
  const walk = new Walk(truth);
  for (const [turn, { groundTruth }] of truth.task.turns.entries()) {
    walk.enter(turn);
    for (const [index, call] of groundTruth.entries()) {
      const tried = [...misspelt(call, random), ...groundTruth.slice(index + 1), walk.draw(random), walk.draw(random)];
      for (const wrong of tried) yield* walk.fail(wrong);
      walk.make(call);
    }
  }
}

/**
 * The failures of a random walk from a task's first state, which leads to places where no ground truth goes. All that the user says
 * has been said, unless it is another turn.
 */
export function* wanderingMoments(
  truth: GroundTruth,
  seed: string,
  steps: number,
  turn = truth.task.turns.length - 1,
): Generator<TaskMoment> {
  const random = seededRandom(JSON.stringify([seed, "wander", truth.task.id]));
  const walk = new Walk(truth);
  walk.enter(turn);
  for (let step = 0; step < steps; step++) {
    const call = walk.draw(random);
    for (const wrong of [call, random.pick(misspelt(call, random))]) yield* walk.fail(wrong);
    walk.make(call);
  }
}

/** The failures in what a model did: each failed call of a trajectory, and each text that is no call. */
export function* trajectoryMoments(
  truth: GroundTruth,
  trajectory: Trajectory,
): Generator<TaskMoment | UnreadableMoment> {
  const walk = new Walk(truth);
  for (const [turn, steps] of trajectory.slice(0, truth.task.turns.length).entries()) {
    walk.enter(turn);
    for (const made of steps.flat()) {
      const call = typeof made === "string" ? readCall(made, "verbatim") : made;
      if ("ok" in call) {
        yield walk.unreadable(made as string, call.error);
        continue;
      }
      yield* walk.fail(call);
      walk.make(call);
    }
  }
}

/** A way through a task's states, with the calls made on it. */
class Walk {
  readonly #truth: GroundTruth;
  readonly #past: Omit<PastCall, "age">[] = [];
  #state: object;
  #turn = 0;
  #hidden: ReadonlySet<string> = new Set();
  #offered: ReadonlySet<string> = new Set();

  constructor(truth: GroundTruth) {
    this.#truth = truth;
    this.#state = truth.initial;
  }

  enter(turn: number): void {
    const { task, environment } = this.#truth;
    this.#turn = turn;
    this.#hidden = hiddenAt(task.turns, turn);
    this.#offered = new Set(Object.keys(environment.tools).filter((tool) => !this.#hidden.has(tool)));
  }

  draw(random: SeededRandom): Call {
    return randomCall(this.#truth.environment, this.#state, this.#hidden, random);
  }

  /** Makes a call for good. */
  make(call: Call): void {
    const { environment } = this.#truth;
    const { state, outcome } = environment.step(this.#state, call as never);
    this.#state = state;
    const text = environment.text(call.tool, outcome);
    this.#past.push({ call, text, ...(outcome.ok ? {} : { failure: outcome.error.code }) });
  }

  /** Tries a call and takes it back: the moment where it fails, or nothing. */
  *fail(call: Call): Generator<TaskMoment> {
    const { environment } = this.#truth;
    const { state, outcome } = environment.step(this.#state, call as never);
    if (outcome.ok) return;
    const text = environment.text(call.tool, outcome);
    yield { ...this.#seen(), before: this.#state, state, call, error: outcome.error, text };
  }

  unreadable(made: string, error: Failure): UnreadableMoment {
    const state = this.#state;
    return { ...this.#seen(), before: state, state, call: undefined, made, error, text: error.message };
  }

  /** What a model has seen by now. */
  #seen() {
    const { task, environment } = this.#truth;
    const history = this.#past.map((one, at) => ({ ...one, age: this.#past.length - at }));
    const said = task.turns.slice(0, this.#turn + 1).map(({ user }) => user);
    const { id, family } = task;
    return { task: id, family, turn: this.#turn, environment, history, offered: this.#offered, said };
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
