import { PythonError } from "../../python/error.ts";
import { JsonError, parseJson } from "../../python/json.ts";
import type { PyValue } from "../../python/value.ts";
import { place } from "./place.ts";

export type JsonReading = { readonly value: PyValue } | { readonly problem: string };

/**
 * Reads JSON that a model wrote, refusing keys that occur twice. What is wrong is said with its place in `whole`, in which the
 * JSON starts at `offset`.
 */
export function readModelJson(json: string, whole = json, offset = 0): JsonReading {
  try {
    return { value: parseJson(json, "refuse") };
  } catch (error) {
    if (error instanceof JsonError)
      return { problem: `${error.reason} ${place(whole, offset + error.position)}${remedy(json, error)}` };
    if (error instanceof PythonError && error.kind === "RecursionError")
      return { problem: "brackets are nested too deep, more than 980 levels" };
    return { problem: (error as Error).message };
  }
}

function remedy(json: string, { reason, position }: JsonError): string {
  if (json.trim() === "") return "; there is nothing to read";
  if (reason.startsWith("Repeated key"))
    return "; each key may occur once in an object, give it the value that you mean";
  if (reason.startsWith("Unterminated string") || position >= json.length)
    return "; a quote or a bracket is not closed, or the text was cut off";
  if (reason.startsWith("Invalid control character")) return "; write a line break inside a string as \\n";
  if (reason.startsWith("Invalid \\")) return "; write a backslash inside a string as \\\\";
  if (reason.startsWith("Extra data")) return "; nothing may follow the end of the JSON";
  const next = json[position]!;
  if (next === "'") return "; JSON takes double quotes";
  if (/^(True|False|None)\b/.test(json.slice(position, position + 6))) return "; JSON writes true, false and null";
  if (next === "}" || next === "]")
    return reason.includes("delimiter")
      ? "; the brackets do not match"
      : "; no comma may stand before a closing bracket, and no key without a value";
  return "";
}
