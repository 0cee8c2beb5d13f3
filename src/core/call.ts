import type { Failed, Failure } from "./outcome.ts";

/** A call of a tool. Positional arguments fill the parameters in the order of the tool's schema. */
export interface Call<Name extends string = string, Args = Readonly<Record<string, unknown>>> {
  readonly tool: Name;
  readonly args: Args;
  readonly positional?: readonly unknown[];
}

/**
 * Failures that any call can end in, whatever its tool declares. All but `raised` leave the state untouched and never reach the
 * tool; `raised` is an error of the values' own arithmetic (see `Notation.caught`), such as an int too large for a float.
 */
export type CallFailure =
  | Failure<"unknownTool", { readonly tool: string; readonly available: readonly string[] }>
  | Failure<"unknownArgument", { readonly tool: string; readonly argument: string; readonly known: readonly string[] }>
  | Failure<"repeatedArgument", { readonly tool: string; readonly argument: string }>
  | Failure<
      "tooManyArguments",
      { readonly tool: string; readonly given: number; readonly least: number; readonly most: number }
    >
  | Failure<"missingArguments", { readonly tool: string; readonly missing: readonly string[] }>
  | Failure<"invalidArguments", { readonly tool: string; readonly issues: readonly ArgumentIssue[] }>
  | Failure<"raised", { readonly tool: string; readonly kind: string; readonly reason: string }>;
export interface ArgumentIssue {
  /** The argument's name, with the path inside it: `tags.0`. */
  readonly path: string;
  readonly message: string;
}
export type CallFailureCode = CallFailure["code"];
/** A call failure before a notation has put it into words. */
export type CallFault = {
  [C in CallFailureCode]: { code: C; data: Extract<CallFailure, { code: C }>["data"] };
}[CallFailureCode];

export const callFailureCodes: readonly CallFailureCode[] = [
  "unknownTool",
  "unknownArgument",
  "repeatedArgument",
  "tooManyArguments",
  "missingArguments",
  "invalidArguments",
  "raised",
];

/** The parameters of a tool in order; those without a default come first in `required`. */
export interface Signature {
  readonly tool: string;
  readonly parameters: readonly string[];
  readonly required: readonly string[];
}

/**
 * Names the positional arguments, or says what is wrong with the call's shape. As in Python, named arguments are judged
 * first and from left to right, then the number of positional ones, then what is missing.
 */
export function bindArguments(
  signature: Signature,
  args: Readonly<Record<string, unknown>>,
  positional: readonly unknown[],
): { readonly bound: Readonly<Record<string, unknown>> } | CallFault {
  const { tool, parameters, required } = signature;
  const filled = parameters.slice(0, positional.length);
  for (const argument of Object.keys(args)) {
    if (filled.includes(argument)) return { code: "repeatedArgument", data: { tool, argument } };
    if (!parameters.includes(argument)) return { code: "unknownArgument", data: { tool, argument, known: parameters } };
  }
  if (positional.length > parameters.length)
    return {
      code: "tooManyArguments",
      data: { tool, given: positional.length, least: required.length, most: parameters.length },
    };
  const missing = required.filter((name) => !filled.includes(name) && !Object.hasOwn(args, name));
  if (missing.length > 0) return { code: "missingArguments", data: { tool, missing } };
  if (positional.length === 0) return { bound: args };
  return { bound: { ...Object.fromEntries(filled.map((name, index) => [name, positional[index]])), ...args } };
}

export function failedCall(fault: CallFault, message: string): Failed<CallFailure> {
  return { ok: false, error: { code: fault.code, message, data: fault.data } as CallFailure };
}
