import { compareCodePoints } from "../core/code-points.ts";
import { entriesOf } from "./dict.ts";
import { floatOf, floatRepr } from "./float-repr.ts";
import { type PlainDict, tagOf, typeName } from "./kind.ts";
import { cachedText, type TextCache } from "./text-cache.ts";
import type { PyDict, PyFloat, PyInt, PyOpaque, PySet, PyTuple, PyValue } from "./value.ts";

const cache: TextCache<string> = new WeakMap();

/**
 * One text for one state, as recordings keep it: keys by code point, no blanks, no ASCII escapes, 5 and 5.0 told apart.
 * Dicts with other keys than strings, tuples, sets and opaque values are written as objects with one `$…` key.
 */
export function canonicalText(value: PyValue): string {
  switch (typeof value) {
    case "string":
      return canonicalString(value);
    case "number":
      return Number.isInteger(value) ? BigInt(value).toString() : canonicalFloat(value);
    case "boolean":
      return value ? "true" : "false";
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return cachedText(cache, value, value.length, canonicalList);
  switch (tagOf(value)) {
    case undefined:
    case "$dict":
      return canonicalDict(value as PlainDict | PyDict);
    case "$float":
      return canonicalFloat(floatOf((value as PyFloat).$float));
    case "$int":
      return (value as PyInt).$int;
    case "$tuple":
      return `{"$tuple":${canonicalList((value as PyTuple).$tuple)}}`;
    case "$set":
      return `{"$set":[${(value as PySet).$set.map(canonicalText).sort(compareCodePoints).join(",")}]}`;
    case "$cycle":
      return `{"$cycle":${(value as unknown as { $cycle: number }).$cycle}}`;
    default:
      return canonicalOpaque((value as PyOpaque).$repr, typeName(value));
  }
}

function canonicalString(text: string): string {
  if (/^[ !#-[\]-\uffff]*$/.test(text)) return `"${text}"`;
  // Piece by piece, for JSON.stringify of the whole would escape lone surrogates.
  return `"${text.replace(/[^ !#-[\]-\uffff]/g, (character) => JSON.stringify(character).slice(1, -1))}"`;
}

function canonicalFloat(value: number): string {
  if (Number.isFinite(value)) return floatRepr(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

function canonicalList(items: readonly PyValue[]): string {
  return `[${items.map(canonicalText).join(",")}]`;
}

function canonicalDict(dict: PlainDict | PyDict): string {
  const entries = entriesOf(dict);
  return cachedText(cache, dict, entries.length, () => {
    if (entries.every(([key]) => typeof key === "string")) {
      const sorted = [...entries].sort(([a], [b]) => compareCodePoints(a as string, b as string));
      return `{${sorted.map(([key, value]) => `${canonicalString(key as string)}:${canonicalText(value)}`).join(",")}}`;
    }
    const pairs = entries.map(([key, value]) => [canonicalText(key), canonicalText(value)] as const);
    pairs.sort(([a], [b]) => compareCodePoints(a, b));
    return `{"$dict":[${pairs.map(([key, value]) => `[${key},${value}]`).join(",")}]}`;
  });
}

function canonicalOpaque(repr: string, type: string): string {
  switch (type) {
    case "decimal.Decimal":
      return `{"$decimal":${canonicalString(repr.slice(9, -2))}}`;
    case "mpf":
      return `{"$mpf":${canonicalString(repr)}}`;
    case "complex":
      return `{"$complex":${canonicalString(repr)}}`;
    case "ellipsis":
      return `{"$repr":"builtins.ellipsis"}`;
    default:
      return `{"$repr":${canonicalString(repr)}}`;
  }
}
