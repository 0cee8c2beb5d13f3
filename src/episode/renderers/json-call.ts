import { entriesOf, isDict } from "../../python/dict.ts";
import { dumps } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import type { WritableCall } from "../renderer.ts";
import { readModelJson } from "./model-json.ts";
import { startOf } from "./place.ts";
import { withoutTags } from "./tags.ts";
import { unusableValue } from "./unusable-value.ts";

type Problem = { readonly problem: string };

/**
 * One call in the form `{"name": "f", "arguments": {…}}`; a call that is written otherwise is refused, never mended. `which` says
 * in a problem which call it is: "call 2 of 3".
 */
export function readJsonCall(value: PyValue, which: string): WritableCall | Problem {
  if (!isDict(value)) return { problem: `${which} is ${kindOfJson(value)}, where ${form} is expected` };
  const fields = new Map(entriesOf(value) as readonly (readonly [string, PyValue])[]);
  const name = fields.get("name");
  const nameProblem = name === undefined ? `it has no "name"; write ${form}` : problemOfName(name);
  if (nameProblem !== undefined) return { problem: `${which}: ${nameProblem}` };
  const named = `${which}, ${startOf(name as string)}`;
  const other = [...fields.keys()].find((key) => key !== "name" && key !== "arguments");
  if (!fields.has("arguments")) {
    const isRenamed = other !== undefined && isDict(fields.get(other)!);
    const remedy = isRenamed ? `rename ${startOf(other)} so` : 'write "arguments": {} where a function needs none';
    return { problem: `${named}: it has no "arguments"; ${remedy}` };
  }
  if (other !== undefined)
    return {
      problem: `${named}: ${startOf(other)} stands beside "name" and "arguments"; what a function takes belongs into "arguments"`,
    };
  const read = readArgumentObject(fields.get("arguments")!);
  const problem = "problem" in read ? read.problem : unusableValue(read.args);
  if (problem !== undefined) return { problem: `${named}: the arguments ${problem}` };
  const { args } = read as Pick<WritableCall, "args">;
  if (Object.hasOwn(args, ""))
    return { problem: `${named}: the arguments hold a value without a name; name each argument, or write {} for none` };
  return { tool: name as string, args };
}

function problemOfName(name: PyValue): string | undefined {
  if (typeof name !== "string") return `its "name" is ${kindOfJson(name)}; write the function's name as a string`;
  if (name.trim() === "") return `its "name" is empty; write the function's name`;
  return name.isWellFormed() ? undefined : 'its "name" holds half of a surrogate pair, which is no character';
}

const form = '{"name": "function", "arguments": {"argument": value}}';

/** Arguments as an object, by name; what is wrong goes on from "the arguments …". */
export function readArgumentObject(value: PyValue): Pick<WritableCall, "args"> | Problem {
  if (typeof value === "string") return { problem: explainText(value) };
  if (!isDict(value)) return { problem: `are ${kindOfJson(value)}, where an object is expected; write {} for none` };
  // Entries, because an assignment to __proto__ would set the prototype instead of a key.
  return { args: Object.fromEntries(entriesOf(value)) };
}

function explainText(text: string): string {
  const inner = readModelJson(text);
  const isObject = "value" in inner && isDict(inner.value);
  if (!isObject) return 'are a string, where an object is expected, as in {"argument": value}';
  return `are JSON inside a JSON string, encoded twice; write the object itself, without quotes around it and without backslashes: ${startOf(text)}`;
}

/** The kind of a JSON value, with its article. */
export function kindOfJson(value: PyValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isDict(value)) return "an object";
  return typeof value === "boolean" ? "true or false" : typeof value === "string" ? "a string" : "a number";
}

/** A call in that form, with no tag in it that a reader might mistake for its own. */
export function jsonOfCall({ tool, args }: WritableCall): string {
  return withoutTags(`{"name": ${dumps(tool)}, "arguments": ${jsonOfArguments(tool, args)}}`);
}

/** Arguments as JSON. Throws where JSON has no form for them: whoever writes calls takes values from JSON. */
export function jsonOfArguments(tool: string, args: WritableCall["args"]): string {
  const text = dumps(args as PyValue);
  if (text === undefined) throw new Error(`${tool}: these arguments have no JSON form`);
  return text;
}
