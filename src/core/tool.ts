import type { Draft } from "immer";
import type { z } from "zod";
import type { Call, CallFailure } from "./call.ts";
import type { Failed, Failure, FailureOf, FailureSpecs, Outcome } from "./outcome.ts";

/** `fail.code(data)` for each failure that the tool declares. */
export type Fail<F extends FailureSpecs> = {
  readonly [K in keyof F & string]: (data: z.input<F[K]["data"]>) => Failed<Failure<K, z.output<F[K]["data"]>>>;
};
type Returns<R extends z.ZodType, F extends FailureSpecs> = z.input<R> | Failed<FailureOf<F>>;

/** A call that succeeded, with the states around it. */
export interface Done<S, A, V> {
  readonly before: S;
  readonly after: S;
  readonly args: A;
  readonly value: V;
}

/** What a tool is to the model and to its tests: everything but the code. */
export interface ToolSpec<S, A extends z.ZodObject, R extends z.ZodType, F extends FailureSpecs> {
  readonly description: string;
  /** A `z.object`; the order of its keys is the order of positional arguments. */
  readonly args: A;
  readonly result: R;
  readonly failures?: F;
  /** Values of an argument worth trying in a state; property tests and random policies mix them with generated ones. */
  readonly candidates?: { readonly [K in keyof z.output<A>]?: (state: S) => readonly z.output<A>[K][] };
  /** Conditions in the author's words ("logged in") that must hold before the call, and that hold after it. */
  readonly requires?: readonly string[];
  readonly provides?: readonly string[];
  /** What holds of a call that succeeded, by its statement in words ("it returns the copies left"); the laws try it, a step does not. */
  readonly ensures?: Readonly<Record<string, (done: Done<S, z.output<A>, z.output<R>>) => boolean>>;
  /** Whether what a `write` tool drafted before it failed is dropped (the default) or kept. */
  readonly onFailure?: "rollback" | "commit";
}

export type ReadHandler<S, A extends z.ZodObject, R extends z.ZodType, F extends FailureSpecs> = (context: {
  readonly state: S;
  readonly args: z.output<A>;
  readonly fail: Fail<F>;
}) => Returns<R, F>;
export type WriteHandler<S, A extends z.ZodObject, R extends z.ZodType, F extends FailureSpecs> = (context: {
  /** The frozen state before the call. */
  readonly state: S;
  /** The state to change; made on first use, so a call that fails before it costs no more than a read. */
  readonly draft: () => Draft<S>;
  readonly args: z.output<A>;
  readonly fail: Fail<F>;
}) => Returns<R, F>;

export interface Tool<S = any, A extends z.ZodObject = any, R extends z.ZodType = any, F extends FailureSpecs = any> {
  readonly effect: "read" | "write";
  readonly spec: ToolSpec<S, A, R, F>;
  readonly run: (context: any) => Returns<R, F>;
}
export type Tools = Readonly<Record<string, Tool>>;

export type ArgsOf<T> = T extends Tool<any, infer A, any, any> ? z.output<A> : never;
export type InputOf<T> = T extends Tool<any, infer A, any, any> ? z.input<A> : never;
export type ValueOf<T> = T extends Tool<any, any, infer R, any> ? z.output<R> : never;
export type FailureFrom<T> = T extends Tool<any, any, any, infer F> ? FailureOf<F> | CallFailure : never;
export type OutcomeOf<T> = Outcome<ValueOf<T>, FailureFrom<T>>;
/** A call of any of the tools, discriminated by name. */
export type CallOf<T extends Tools> = { [K in keyof T & string]: Call<K, InputOf<T[K]>> }[keyof T & string];

/** The first half of a tool. The handler comes in a second call, so that its literals are typed by `result`. */
export interface ToolBuilder<H, S, A extends z.ZodObject, R extends z.ZodType, F extends FailureSpecs> {
  run(handler: H): Tool<S, A, R, F>;
}
export type Read<S> = <A extends z.ZodObject, R extends z.ZodType, F extends FailureSpecs = {}>(
  spec: Omit<ToolSpec<S, A, R, F>, "onFailure">,
) => ToolBuilder<ReadHandler<S, A, R, F>, S, A, R, F>;
export type Write<S> = <A extends z.ZodObject, R extends z.ZodType, F extends FailureSpecs = {}>(
  spec: ToolSpec<S, A, R, F>,
) => ToolBuilder<WriteHandler<S, A, R, F>, S, A, R, F>;

export function toolMaker(effect: Tool["effect"]) {
  return (spec: ToolSpec<any, any, any, any>) => ({
    run: (run: (context: any) => any): Tool => ({ effect, spec, run }),
  });
}
