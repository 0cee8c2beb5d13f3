import type { CallFault } from "../core/call.ts";
import { type Notation, plainRefusal } from "../core/notation.ts";
import { canonicalText } from "./canonical.ts";
import { equal } from "./equal.ts";
import { PythonError } from "./error.ts";
import { resultText } from "./text.ts";
import type { PyValue } from "./value.ts";

/** Values as BFCL's executor shows them: `json.dumps` of a dict, `str` of the rest, exceptions behind a fixed prefix. */
export const pythonNotation: Notation = {
  text,
  raised,
  refusal,
  same: (a, b) => equal(a as PyValue, b as PyValue),
  canonical: (value) => canonicalText(value as PyValue),
  caught: (error) => (error instanceof PythonError ? { kind: error.kind, reason: error.message } : undefined),
};

/** A value that Python itself cannot write, an int of more than 4300 digits, reads as the error that it raises. */
function text(value: unknown): string {
  try {
    return resultText(value as PyValue);
  } catch (error) {
    if (error instanceof PythonError) return raised(error.message);
    throw error;
  }
}

function raised(message: string): string {
  return `Error during execution: ${message}`;
}

/** A call fault in CPython 3.11's words; a refused type, which Python would have let through, in plain ones. */
function refusal(fault: CallFault, environment: string): string {
  const { code, data } = fault;
  switch (code) {
    case "unknownTool":
      return `name '${data.tool}' is not defined`;
    case "unknownArgument":
      // `self` is the bound instance, so naming it gives it twice.
      return data.argument === "self"
        ? `${environment}.${data.tool}() got multiple values for argument 'self'`
        : `${environment}.${data.tool}() got an unexpected keyword argument '${data.argument}'`;
    case "repeatedArgument":
      return `${environment}.${data.tool}() got multiple values for argument '${data.argument}'`;
    case "tooManyArguments": {
      const { tool, given, least, most } = data;
      const takes = least === most ? `${most + 1}` : `from ${least + 1} to ${most + 1}`;
      return `${environment}.${tool}() takes ${takes} positional argument${most === 0 ? "" : "s"} but ${given + 1} were given`;
    }
    case "missingArguments": {
      const { tool, missing } = data;
      return `${environment}.${tool}() missing ${missing.length} required positional argument${missing.length === 1 ? "" : "s"}: ${enumerate(missing)}`;
    }
    case "raised":
    case "invalidArguments":
      return plainRefusal(fault);
  }
}

/** 'a'; 'a' and 'b'; 'a', 'b', and 'c'. */
function enumerate(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length <= 2) return quoted.join(" and ");
  return `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
}
