import { bindArguments, type Call } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import { signatureOf } from "../core/step.ts";
import { readCall } from "../python/execute.ts";
import type { ModelCall } from "./trajectory.ts";

/** A call with all of its arguments by name. */
export type NamedCall = Pick<Call, "tool" | "args">;

/** Reads a call and names its positional arguments, as far as its tool has any; undefined for a text that is no call. */
export function namedCall(environment: Environment, made: ModelCall): NamedCall | undefined {
  const call = typeof made === "string" ? readCall(made, "verbatim") : made;
  if ("ok" in call) return undefined;
  const { tool, args, positional = [] } = call;
  if (positional.length === 0 || !Object.hasOwn(environment.tools, tool)) return { tool, args };
  const binding = bindArguments(signatureOf(tool, environment.tools[tool]!), args, positional);
  return { tool, args: "bound" in binding ? binding.bound : args };
}
