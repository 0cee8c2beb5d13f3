import { bindArguments, type Signature } from "../../core/call.ts";
import { plainRefusal } from "../../core/notation.ts";
import { parseCall } from "../../python/call-syntax.ts";
import { suggestion } from "../issue.ts";
import type { TaskCall } from "../task.ts";

/** Reads a ground-truth call, Python source with literal arguments, and names its positional arguments. */
export function readGroundTruth(
  text: string,
  signatures: ReadonlyMap<string, Signature>,
): { readonly call: TaskCall } | { readonly problem: string } {
  const parsed = parseCall(text);
  if (!parsed.ok)
    return { problem: `not a call: ${parsed.message} (character ${parsed.position + 1} of ${quoted(text)})` };
  const { tool, positional, named } = parsed;
  const signature = signatures.get(tool);
  if (!signature) return { problem: `unknown tool '${tool}'; ${suggestion(tool, [...signatures.keys()])}` };
  const binding = bindArguments(signature, Object.fromEntries(named), positional);
  if (!("bound" in binding)) return { problem: `${plainRefusal(binding)} The call is ${quoted(text)}` };
  return { call: { tool, args: binding.bound as TaskCall["args"] } };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text);
}
