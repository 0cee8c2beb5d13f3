import type { Call } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import type { Failed, Failure, Outcome } from "../core/outcome.ts";
import { blockedName } from "./blocked-name.ts";
import { parseCall } from "./call-syntax.ts";
import { collapseBlanks } from "./collapse-blanks.ts";
import { pythonNotation } from "./notation.ts";

/** What a call text can be refused for before it is a call. */
export type CallTextFailure =
  | Failure<"malformedCall", { readonly text: string; readonly position: number; readonly reason: string }>
  | Failure<"blockedName", { readonly name: string }>;

/** How a call text is read: as BFCL's executor would, dropping blanks before `(` inside string literals too, or as written. */
export type Reading = "collapsed" | "verbatim";

/** Reads a call text: names on the reference's block list are refused, arguments are literals. */
export function readCall(source: string, reading: Reading = "collapsed"): Call | Failed<CallTextFailure> {
  const text = reading === "collapsed" ? collapseBlanks(source) : source;
  const name = blockedName(text);
  if (name !== undefined)
    return {
      ok: false,
      error: { code: "blockedName", message: `Function call ${name} is not allowed.`, data: { name } },
    };
  const syntax = parseCall(text);
  if (!syntax.ok) {
    const { position, message: reason } = syntax;
    const message = `the call cannot be read at position ${position}: ${reason}`;
    return { ok: false, error: { code: "malformedCall", message, data: { text, position, reason } } };
  }
  const args: Record<string, unknown> = {};
  for (const [key, value] of syntax.named) {
    // An assignment to __proto__ would set the prototype instead of a key.
    if (key === "__proto__") Object.defineProperty(args, key, { value, enumerable: true });
    else args[key] = value;
  }
  return { tool: syntax.tool, args, positional: syntax.positional };
}

export interface Executed<S> {
  /** The tool that was named; undefined where the text could not be read. */
  readonly tool: string | undefined;
  readonly state: S;
  readonly outcome: Outcome;
  /** What the model reads, as the reference would print it. */
  readonly text: string;
}

/** Executes one call text on a state. */
export function execute<S>(environment: Environment<S>, state: S, source: string, reading?: Reading): Executed<S> {
  const call = readCall(source, reading);
  if ("ok" in call) return { tool: undefined, state, outcome: call, text: pythonNotation.raised(call.error.message) };
  const step = environment.step(state, call as never);
  return { tool: call.tool, state: step.state, outcome: step.outcome, text: environment.text(call.tool, step.outcome) };
}

/** Whether envtune itself turned the call down (text it cannot read, a type it does not take), where Python might not have. */
export function isRefusal(outcome: Outcome): boolean {
  return !outcome.ok && (outcome.error.code === "malformedCall" || outcome.error.code === "invalidArguments");
}
