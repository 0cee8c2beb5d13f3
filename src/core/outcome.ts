import type { z } from "zod";

/** A failure as data: a code to switch on, a message for the model, the facts behind it. */
export interface Failure<Code extends string = string, Data = any> {
  readonly code: Code;
  readonly message: string;
  readonly data: Data;
}
export interface Success<Value> {
  readonly ok: true;
  readonly value: Value;
}
export interface Failed<F extends Failure = Failure> {
  readonly ok: false;
  readonly error: F;
}
export type Outcome<Value = unknown, F extends Failure = Failure> = Success<Value> | Failed<F>;

/** What a failure looks like on the wire: `"raised"` for an exception's text, else the exact value the tool returns. */
export type FailureWire<D> = "raised" | ((data: D, message: string) => unknown);

/** One failure that a tool declares: the schema of its facts, how it reads, and its exact form on the wire. */
export interface FailureSpec<D extends z.ZodType = any> {
  readonly data: D;
  readonly message: (data: z.output<D>) => string;
  /** `{ error: message }` unless given. */
  readonly wire?: FailureWire<z.output<D>>;
  /** A returned value that only means failure ("Stock not found"): hints reach it, error counts leave it out. */
  readonly soft?: boolean;
}
export type FailureSpecs = Readonly<Record<string, FailureSpec>>;
export type FailureOf<F extends FailureSpecs> = {
  [K in keyof F & string]: Failure<K, z.output<F[K]["data"]>>;
}[keyof F & string];

/** Declares a failure: `failure(z.strictObject({ name }), ({ name }) => `'${name}': No such file`)`. */
export function failure<D extends z.ZodType>(
  data: D,
  message: (data: z.output<D>) => string,
  options: { readonly wire?: FailureWire<z.output<D>>; readonly soft?: boolean } = {},
): FailureSpec<D> {
  return { data, message, ...options };
}
