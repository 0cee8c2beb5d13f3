import { floatRepr } from "./float-repr.ts";
import { isDict, type PlainDict, tagOf } from "./kind.ts";
import { intText } from "./number-value.ts";
import { jsonString, stringRepr } from "./string-text.ts";
import { cachedText, type TextCache } from "./text-cache.ts";
import type { PyDict, PyFloat, PyInt, PyOpaque, PySet, PyTuple, PyValue } from "./value.ts";

const reprCache: TextCache<string> = new WeakMap();
const dumpsCache: TextCache<string | undefined> = new WeakMap();

/** Python's `repr(value)`. */
export function repr(value: PyValue): string {
  switch (typeof value) {
    case "string":
      return stringRepr(value);
    case "number":
      return Number.isInteger(value) ? intText(value) : floatRepr(value);
    case "boolean":
      return value ? "True" : "False";
  }
  if (value === null) return "None";
  if (Array.isArray(value)) return cachedText(reprCache, value, value.length, listRepr);
  switch (tagOf(value)) {
    case undefined: {
      const keys = Object.keys(value);
      return cachedText(reprCache, value as PlainDict, keys.length, (dict) => plainDictRepr(dict, keys));
    }
    case "$dict":
      return cachedText(reprCache, value as PyDict, (value as PyDict).$dict.length, dictRepr);
    case "$float":
      return (value as PyFloat).$float;
    case "$int":
      return intText(value as PyInt);
    case "$tuple":
      return tupleRepr((value as PyTuple).$tuple);
    case "$set":
      return (value as PySet).$set.length === 0 ? "set()" : `{${joinRepr((value as PySet).$set)}}`;
    default:
      return (value as PyOpaque).$repr;
  }
}

function joinRepr(items: readonly PyValue[]): string {
  let text = "";
  for (let index = 0; index < items.length; index += 1)
    text += index === 0 ? repr(items[0]!) : `, ${repr(items[index]!)}`;
  return text;
}

function listRepr(items: readonly PyValue[]): string {
  return `[${joinRepr(items)}]`;
}

function tupleRepr(items: readonly PyValue[]): string {
  return items.length === 1 ? `(${repr(items[0]!)},)` : `(${joinRepr(items)})`;
}

function plainDictRepr(dict: PlainDict, keys: readonly string[]): string {
  let text = "{";
  for (const key of keys) text += `${text.length > 1 ? ", " : ""}${stringRepr(key)}: ${repr(dict[key]!)}`;
  return `${text}}`;
}

function dictRepr(dict: PyDict): string {
  let text = "{";
  for (const [key, value] of dict.$dict) text += `${text.length > 1 ? ", " : ""}${repr(key)}: ${repr(value)}`;
  return `${text}}`;
}

/** Python's `str(value)`. */
export function str(value: PyValue): string {
  if (typeof value === "string") return value;
  const text = repr(value);
  return /^Decimal\('.*'\)$/.exec(text) ? text.slice(9, -2) : text;
}

/** `json.dumps(value)` with its defaults; undefined where Python raises TypeError (a set, a tuple as a key, a Decimal). */
export function dumps(value: PyValue): string | undefined {
  switch (typeof value) {
    case "string":
      return jsonString(value);
    case "number":
      return Number.isInteger(value) ? intText(value) : jsonFloatText(floatRepr(value));
    case "boolean":
      return value ? "true" : "false";
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return cachedText(dumpsCache, value, value.length, dumpList);
  switch (tagOf(value)) {
    case undefined: {
      const keys = Object.keys(value);
      return cachedText(dumpsCache, value as PlainDict, keys.length, (dict) => dumpPlainDict(dict, keys));
    }
    case "$dict":
      return cachedText(dumpsCache, value as PyDict, (value as PyDict).$dict.length, dumpDict);
    case "$float":
      return jsonFloatText((value as PyFloat).$float);
    case "$int":
      return intText(value as PyInt);
    case "$tuple":
      return dumpList((value as PyTuple).$tuple);
    default:
      return undefined;
  }
}

/** A float's `repr`, but for those that JSON spells in its own way. */
function jsonFloatText(repr: string): string {
  switch (repr) {
    case "nan":
      return "NaN";
    case "inf":
      return "Infinity";
    case "-inf":
      return "-Infinity";
    default:
      return repr;
  }
}

function dumpList(items: readonly PyValue[]): string | undefined {
  let text = "[";
  for (let index = 0; index < items.length; index += 1) {
    const item = dumps(items[index]!);
    if (item === undefined) return undefined;
    text += index === 0 ? item : `, ${item}`;
  }
  return `${text}]`;
}

function dumpPlainDict(dict: PlainDict, keys: readonly string[]): string | undefined {
  let text = "{";
  for (const key of keys) {
    const item = dumps(dict[key]!);
    if (item === undefined) return undefined;
    text += `${text.length > 1 ? ", " : ""}${jsonString(key)}: ${item}`;
  }
  return `${text}}`;
}

function dumpDict(dict: PyDict): string | undefined {
  let text = "{";
  for (const [key, value] of dict.$dict) {
    const name = keyName(key);
    const item = name === undefined ? undefined : dumps(value);
    if (item === undefined) return undefined;
    text += `${text.length > 1 ? ", " : ""}${name}: ${item}`;
  }
  return `${text}}`;
}

/** A key as JSON: numbers, bools and None become strings; any other key is an error in Python. */
function keyName(key: PyValue): string | undefined {
  if (typeof key === "string") return jsonString(key);
  const isScalar = typeof key !== "object" || key === null || tagOf(key) === "$float" || tagOf(key) === "$int";
  return isScalar ? `"${dumps(key)}"` : undefined;
}

/** A call's result as the executor writes it: a str as it is, a dict as JSON where JSON can say it, all else by `str`. */
export function resultText(value: PyValue): string {
  if (typeof value === "string") return value;
  return isDict(value) ? (dumps(value) ?? repr(value)) : str(value);
}
