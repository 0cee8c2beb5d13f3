import type { CallFault } from "./call.ts";
import { canonicalJson } from "./canonical.ts";
import { sameValue } from "./equality.ts";

/** How an environment's values read, compare and are recorded: plain JSON unless it says otherwise. */
export interface Notation {
  /** A returned value as the model reads it. */
  readonly text: (value: unknown) => string;
  /** A raised failure as the model reads it. */
  readonly raised: (message: string) => string;
  /** The words for a call fault. `environment` is the name of the environment that owns the tool. */
  readonly refusal: (fault: CallFault, environment: string) => string;
  readonly same: (a: unknown, b: unknown) => boolean;
  readonly canonical: (value: unknown) => string;
  /** What an error thrown by the values' arithmetic means to the model; undefined for an error of the author's, which is rethrown. */
  readonly caught?: (error: unknown) => { readonly kind: string; readonly reason: string } | undefined;
}

export const jsonNotation: Notation = {
  text: (value) => JSON.stringify(value ?? null),
  raised: (message) => JSON.stringify({ error: message }),
  refusal: plainRefusal,
  same: sameValue,
  canonical: canonicalJson,
};

/** A call fault in plain English. */
export function plainRefusal({ code, data }: CallFault): string {
  switch (code) {
    case "unknownTool":
      return `No tool is named '${data.tool}'.`;
    case "unknownArgument":
      return `${data.tool}: there is no argument '${data.argument}'.`;
    case "repeatedArgument":
      return `${data.tool}: argument '${data.argument}' is given twice.`;
    case "tooManyArguments":
      return `${data.tool}: takes at most ${data.most} arguments, ${data.given} given.`;
    case "missingArguments":
      return `${data.tool}: missing ${data.missing.map((name) => `'${name}'`).join(", ")}.`;
    case "raised":
      return data.reason;
    case "invalidArguments":
      return `${data.tool}: ${data.issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ")}`;
  }
}
