import { entriesOf, isDict } from "../../python/dict.ts";
import { dumps } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";
import type { WritableCall } from "../renderer.ts";
import { readModelJson } from "./model-json.ts";
import { startOf } from "./place.ts";
import { withoutTags } from "./tags.ts";
import { unusableValue } from "./unusable-value.ts";

type Problem = { readonly problem: string };

/** One call in the form `{"name": "f", "arguments": {…}}`; a call that is written otherwise is refused, never mended. */
export function readJsonCall(value: PyValue): WritableCall | Problem {
  if (!isDict(value)) return { problem: `it is ${kindOfJson(value)}, where ${form} is expected` };
  const fields = new Map(entriesOf(value) as readonly (readonly [string, PyValue])[]);
  const name = fields.get("name");
  if (name === undefined) return { problem: `it has no "name"; write ${form}` };
  if (typeof name !== "string")
    return { problem: `its "name" is ${kindOfJson(name)}; write the function's name as a string` };
  if (name.trim() === "") return { problem: `its "name" is empty; write the function's name` };
  if (!name.isWellFormed()) return { problem: 'its "name" holds half of a surrogate pair, which is no character' };
  const called = `(${startOf(name)})`;
  if (!fields.has("arguments")) {
    const instead = ["parameters", "args", "kwargs", "input"].find((key) => fields.has(key));
    const remedy = instead ? `call "${instead}" so` : 'write "arguments": {} where a function needs none';
    return { problem: `it ${called} has no "arguments"; ${remedy}` };
  }
  const other = [...fields.keys()].find((key) => key !== "name" && key !== "arguments");
  if (other !== undefined)
    return {
      problem: `it ${called} has ${startOf(other)} beside "name" and "arguments"; what a function takes belongs into "arguments"`,
    };
  const read = readArgumentObject(fields.get("arguments")!);
  if ("problem" in read) return { problem: `its "arguments" ${called} ${read.problem}` };
  const unusable = unusableValue(read.args);
  if (unusable !== undefined) return { problem: `its "arguments" ${called} ${unusable}` };
  if (Object.hasOwn(read.args, ""))
    return {
      problem: `its "arguments" ${called} hold a value without a name; name each argument, or write {} for none`,
    };
  return { tool: name, args: read.args };
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
