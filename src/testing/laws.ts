import fc from "fast-check";
import type { Environment } from "../core/environment.ts";
import { sameValue } from "../core/equality.ts";
import type { Outcome } from "../core/outcome.ts";
import { arbitraryOf } from "./arbitrary.ts";

export interface LawOptions<C> {
  readonly config: C;
  readonly extension?: unknown;
  /** Random programs to try (100). */
  readonly runs?: number;
  /** Calls in a program at most (25). */
  readonly maxCalls?: number;
  readonly seed?: number;
}

/**
 * Runs random programs of calls against an environment and checks the laws that every environment obeys: deterministic,
 * persistent, pure, typed, closed, serialisable, and its own invariants. Throws with the shortest program that breaks one.
 */
export function checkLaws<C>(environment: Environment<any, any, C>, options: LawOptions<C>): void {
  const start = environment.init(options.config, options.extension);
  const commands = Object.keys(environment.tools).map((tool) => callsOf(environment, tool));
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: options.maxCalls ?? 25, size: "max" }), (program) =>
      fc.modelRun(() => ({ model: { state: unshared(start) }, real: { state: start } }), program),
    ),
    { numRuns: options.runs ?? 100, ...(options.seed === undefined ? {} : { seed: options.seed }) },
  );
}

/** Random calls of a tool: generated arguments, most of the time replaced by candidates of the running state. */
function callsOf(environment: Environment, tool: string): fc.Arbitrary<CallCommand> {
  const { spec } = environment.tools[tool]!;
  const picks = Object.keys(spec.candidates ?? {}).map((key) => [key, fc.option(fc.nat(), { freq: 4 })] as const);
  return fc
    .tuple(arbitraryOf(spec.args), fc.record(Object.fromEntries(picks)))
    .map(([args, chosen]) => new CallCommand(environment, tool, args, chosen));
}

interface Holder {
  state: any;
}

class CallCommand implements fc.Command<Holder, Holder> {
  readonly environment: Environment;
  readonly tool: string;
  readonly args: Record<string, unknown>;
  readonly picks: Record<string, number | null>;
  made: unknown;

  constructor(
    environment: Environment,
    tool: string,
    args: Record<string, unknown>,
    picks: Record<string, number | null>,
  ) {
    this.environment = environment;
    this.tool = tool;
    this.args = args;
    this.picks = picks;
  }

  check(): boolean {
    return true;
  }

  /** The model runs on a copy that shares nothing with the real state. */
  run(model: Holder, real: Holder): void {
    const { environment, tool } = this;
    const before = real.state;
    const args = this.argumentsIn(before);
    this.made = args;
    const text = JSON.stringify(before);
    const { state, outcome } = environment.step(before, { tool, args });
    const again = environment.step(model.state, { tool, args });
    law(sameValue(again.outcome, outcome), "deterministic: the same call on an equal state has the same outcome");
    law(sameValue(again.state, state), "deterministic: the same call on an equal state leads to an equal state");
    law(JSON.stringify(before) === text, "persistent: a step never changes the state it was given");
    this.checkOutcome(before, state, outcome);
    law(environment.stateSchema.safeParse(state).success, "closed: the state fits its schema");
    law(sameValue(unshared(state), state), "serialisable: the state survives JSON");
    law(sameValue(unshared(outcome), outcome), "serialisable: the outcome survives JSON");
    // Python's NaN differs even from itself, so a state that holds one equals only that very state.
    const holdsNaN = JSON.stringify(state).includes('{"$float":"nan"}');
    law(holdsNaN || environment.same(state, again.state), "comparable: equal states have equal public attributes");
    for (const [statement, holds] of Object.entries(environment.invariants))
      law(holds(state), `invariant: ${statement}`);
    real.state = state;
    model.state = unshared(state);
  }

  /** The tool as the environment, joined or not, has it. */
  checkOutcome(before: unknown, state: unknown, outcome: Outcome): void {
    const { spec, effect } = this.environment.tools[this.tool]!;
    law(typeof this.environment.text(this.tool, outcome) === "string", "readable: every outcome has a text");
    if (effect === "read" || (!outcome.ok && spec.onFailure !== "commit"))
      law(state === before, "pure: reads and failures return the very state");
    if (outcome.ok) {
      law(spec.result.safeParse(outcome.value).success, "typed: the value fits the result schema");
    } else if (spec.failures?.[outcome.error.code]) {
      const fits = spec.failures[outcome.error.code].data.safeParse(outcome.error.data).success;
      law(fits, `typed: the data of failure '${outcome.error.code}' fits its schema`);
    }
  }

  argumentsIn(state: unknown): Record<string, unknown> {
    const { candidates = {} } = this.environment.tools[this.tool]!.spec;
    const args = { ...this.args };
    for (const [key, pick] of Object.entries(this.picks)) {
      if (pick === null) continue;
      const pool: readonly unknown[] = candidates[key]!(this.stateOfTool(state));
      if (pool.length > 0) args[key] = pool[pick % pool.length];
    }
    return args;
  }

  /** Candidates read the state of the part that owns the tool. */
  stateOfTool(state: any): unknown {
    const { parts, name } = this.environment;
    if (Object.hasOwn(parts, name)) return state;
    const owner = Object.keys(parts).find((part) => Object.hasOwn(parts[part]!.tools, this.tool));
    return state[owner!];
  }

  toString(): string {
    return `${this.tool}(${JSON.stringify(this.made ?? this.args)})`;
  }
}

const unshared = (value: unknown) => JSON.parse(JSON.stringify(value));

function law(holds: boolean, name: string): asserts holds {
  if (!holds) throw new Error(`law broken: ${name}`);
}
