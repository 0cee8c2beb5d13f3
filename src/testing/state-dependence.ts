import { ownerOf } from "../core/owner.ts";
import { type HintLibrary, hintOn } from "../feedback/feedback.ts";
import type { HintLevel } from "../feedback/level.ts";
import type { TaskMoment } from "./failing-moments.ts";

/** States of each environment, by its name, in which a call can be tried again: states that tasks or models reached. */
export type OtherStates = ReadonlyMap<string, readonly object[]>;

/** States tried for one call. */
const mostStates = 400;

/** Gathers the states that moments were in, each once, and of many an even choice. */
export function statesOf(moments: Iterable<Pick<TaskMoment, "environment" | "before">>): OtherStates {
  const states = new Map<string, Set<object>>();
  for (const { environment, before } of moments)
    for (const [name, part] of Object.entries(environment.parts)) {
      const state = part === environment ? before : (before as Readonly<Record<string, object>>)[name]!;
      const known = states.get(name) ?? new Set();
      states.set(name, known.add(state));
    }
  return new Map([...states].map(([name, met]) => [name, evenly([...met])]));
}

function evenly(states: readonly object[]): object[] {
  const apart = Math.max(1, states.length / mostStates);
  return Array.from({ length: Math.min(states.length, mostStates) }, (_, index) => states[Math.floor(index * apart)]!);
}

/**
 * Where the hint on the same call reads differently in another of these states: in one where it fails with the same code, or only
 * in one where it fails with another. The history is left out on both sides, so that the state alone can make the difference.
 * Undefined where it reads alike wherever the call fails.
 */
export function readingElsewhere(
  library: HintLibrary,
  moment: TaskMoment,
  others: OtherStates,
  level: HintLevel,
): "sameCode" | "otherCode" | undefined {
  const { environment, call, error, offered, before } = moment;
  const owner = ownerOf(environment, call.tool, before);
  if (!owner) return undefined;
  const text = (state: object, failure: typeof error) =>
    hintOn(library, { environment, state, call, error: failure, history: [], offered }, level)?.text;
  const own = text(moment.state, error);
  let found: "otherCode" | undefined;
  for (const other of others.get(owner.name) ?? []) {
    if (other === owner.state) continue;
    const { state, outcome } = owner.part.step(other, call as never);
    if (outcome.ok || (found && outcome.error.code !== error.code)) continue;
    const whole = owner.part === environment ? state : { ...moment.state, [owner.name]: state };
    if (text(whole, outcome.error) === own) continue;
    if (outcome.error.code === error.code) return "sameCode";
    found = "otherCode";
  }
  return found;
}
