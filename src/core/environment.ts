import { z } from "zod";
import { type Call, failedCall } from "./call.ts";
import { sha256 } from "./canonical.ts";
import { checkFirstState } from "./check-first-state.ts";
import { checkTools } from "./check-tools.ts";
import { freezeDeep } from "./freeze.ts";
import { jsonNotation, type Notation } from "./notation.ts";
import type { Outcome } from "./outcome.ts";
import { type Projection, type PublicAttributes, projectionOf } from "./projection.ts";
import { type Step, toolRunner } from "./step.ts";
import { type InputOf, type OutcomeOf, type Read, type Tools, toolMaker, type Write } from "./tool.ts";

/** A deterministic state machine of typed tools over an immutable JSON state. Several joined are still one. */
export interface Environment<S = any, T extends Tools = any, C = any> {
  readonly name: string;
  readonly tools: T;
  readonly stateSchema: z.ZodType<S>;
  readonly configSchema: z.ZodType;
  /** How its values read, compare and are recorded. */
  readonly notation: Notation;
  /** What must hold in every reachable state, by its statement in words. */
  readonly invariants: Readonly<Record<string, (state: S) => boolean>>;
  /** The environments that this one joins, by name; one that joins nothing holds itself. */
  readonly parts: Readonly<Record<string, Environment>>;
  /** The first state of an episode, frozen. `extension` is what long-context mode adds (BFCL's own pack, or the bundled one). */
  init(config: C, extension?: unknown): S;
  /** Runs one call; pure. An unknown tool or ill-formed arguments come back as a failure. */
  step<K extends keyof T & string>(
    state: S,
    call: Call<K, InputOf<T[K]>> | Call<string, unknown>,
  ): Step<S, OutcomeOf<T[K]>>;
  /** The exact text of an outcome, before any hint. */
  text(tool: string, outcome: Outcome): string;
  /** The public projection: the attributes that are compared, recorded and hashed. */
  attributes(state: S): Readonly<Record<string, unknown>>;
  /** The names of the public attributes in which two states differ, in order of declaration. */
  differences(a: S, b: S): readonly string[];
  /** Whether two states have equal public projections. */
  same(a: S, b: S): boolean;
  /** The public projection as one canonical text. */
  canonical(state: S): string;
  /** SHA-256 of `canonical`, in hexadecimal. */
  hash(state: S): string;
}
export type StateOf<E> = E extends Environment<infer S, any, any> ? S : never;
export type ToolsOf<E> = E extends Environment<any, infer T, any> ? T : never;
export type ConfigOf<E> = E extends Environment<any, any, infer C> ? C : never;

/** A kind of state: its schemas fix the types that tools, hints and tasks are checked against. */
export interface StateKit<S, C> {
  /** Declares a tool that cannot change the state. */
  readonly read: Read<S>;
  /** Declares a tool that may change the state, through `draft()`. */
  readonly write: Write<S>;
  /** Closes the definition. Throws where the parts contradict each other, naming the tool or attribute. */
  environment<const T extends Tools>(parts: {
    readonly tools: T;
    /** What is compared; every field of the state unless given. */
    readonly public?: PublicAttributes<S>;
    readonly invariants?: Readonly<Record<string, (state: S) => boolean>>;
  }): Environment<S, T, C>;
}

export function defineState<SS extends z.ZodType<object>, CS extends z.ZodType, X = undefined>(spec: {
  readonly name: string;
  readonly state: SS;
  readonly config: CS;
  readonly notation?: Notation;
}): {
  init(start: (config: z.output<CS>, extension: X | undefined) => z.input<SS>): StateKit<z.output<SS>, z.input<CS>>;
} {
  return {
    init: (start) => ({
      read: toolMaker("read") as Read<z.output<SS>>,
      write: toolMaker("write") as Write<z.output<SS>>,
      environment: (parts) => createEnvironment(spec, start as never, parts),
    }),
  };
}

function createEnvironment(
  spec: { readonly name: string; readonly state: z.ZodType; readonly config: z.ZodType; readonly notation?: Notation },
  start: (config: unknown, extension: unknown) => object,
  parts: {
    readonly tools: Tools;
    readonly public?: PublicAttributes<any>;
    readonly invariants?: Readonly<Record<string, (state: any) => boolean>>;
  },
): Environment {
  const { name, notation = jsonNotation } = spec;
  checkTools(name, parts.tools);
  const runners = new Map(
    Object.entries(parts.tools).map(([tool, definition]) => [tool, toolRunner(tool, definition, name, notation)]),
  );
  const available = [...runners.keys()];
  let met = false;
  let projection: Projection | undefined;
  const projected = (state: object) => {
    projection ??= projectionOf(name, parts.public, state, notation);
    return projection;
  };
  const environment: Environment = {
    name,
    tools: parts.tools,
    stateSchema: spec.state,
    configSchema: spec.config,
    notation,
    invariants: parts.invariants ?? {},
    get parts() {
      return { [name]: environment };
    },
    init(config, extension) {
      const given = spec.config.safeParse(config);
      if (!given.success)
        throw new Error(`${name}: no state can start from this config: ${z.prettifyError(given.error)}`);
      const state = start(given.data, extension);
      const checked = spec.state.safeParse(state);
      if (!checked.success)
        throw new Error(`${name}: init made a state that its own schema refuses: ${z.prettifyError(checked.error)}`);
      projected(state);
      if (!met) checkFirstState(name, parts.tools, environment.invariants, state);
      met = true;
      return freezeDeep(state);
    },
    step(state, call) {
      const run = runners.get(call.tool);
      if (run) return run(state, call as Call) as never;
      const fault = { code: "unknownTool" as const, data: { tool: String(call.tool), available } };
      return { state, outcome: failedCall(fault, notation.refusal(fault, name)) } as never;
    },
    text(tool, outcome) {
      if (outcome.ok) return notation.text(outcome.value);
      const { code, message, data } = outcome.error;
      // A model may name anything a tool, `constructor` too.
      const wire = Object.hasOwn(parts.tools, tool) ? parts.tools[tool]!.spec.failures?.[code] : undefined;
      if (!wire || wire.wire === "raised") return notation.raised(message);
      return notation.text(wire.wire ? wire.wire(data, message) : { error: message });
    },
    attributes: (state) => projected(state).attributes(state),
    differences: (a, b) => projected(a).differences(a, b),
    same: (a, b) => projected(a).same(a, b),
    canonical: (state) => notation.canonical(projected(state).attributes(state)),
    hash: (state) => sha256(environment.canonical(state)),
  };
  return environment;
}
