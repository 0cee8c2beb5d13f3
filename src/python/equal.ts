import { floatOf } from "./float-repr.ts";
import { keyText } from "./key.ts";
import { isFloatTag, type PlainDict, tagOf } from "./kind.ts";
import { operandOf } from "./number-value.ts";
import type { PyDict, PyOpaque, PySet, PyTuple, PyValue } from "./value.ts";

/** Python's `a == b`: 1, 1.0 and True are equal, the order of dict entries and of sets does not count. */
export function equal(a: PyValue, b: PyValue): boolean {
  // NaN differs even from itself, while containers take one and the same object as equal.
  if (a === b) return !(isFloatTag(a) && Number.isNaN(floatOf(a.$float)));
  return same(a, b);
}

function same(a: PyValue, b: PyValue): boolean {
  if (a === b) return true;
  if (typeof a === "string" || typeof b === "string" || a === null || b === null) return false;
  if (typeof a === "number" && typeof b === "number") return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (Array.isArray(b)) return false;
  const tagA = typeof a === "object" ? tagOf(a) : "$number";
  const tagB = typeof b === "object" ? tagOf(b) : "$number";
  if (tagA === undefined && tagB === undefined) return samePlainDicts(a as PlainDict, b as PlainDict);
  switch (tagA) {
    case "$number":
    case "$float":
    case "$int":
      return isNumberTag(tagB) && sameNumber(a, b);
    case "$tuple":
      return tagB === "$tuple" && sameItems((a as PyTuple).$tuple, (b as PyTuple).$tuple);
    case "$set":
      return tagB === "$set" && sameSets(a as PySet, b as PySet);
    case "$repr":
      return tagB === "$repr" && (a as PyOpaque).$repr === (b as PyOpaque).$repr;
    default:
      return (tagB === undefined || tagB === "$dict") && sameDicts(a as PlainDict | PyDict, b as PlainDict | PyDict);
  }
}

function isNumberTag(tag: string | undefined): boolean {
  return tag === "$number" || tag === "$float" || tag === "$int";
}

/** An int and a float are compared exactly, which JavaScript's ordering of bigint and number does. */
function sameNumber(a: PyValue, b: PyValue): boolean {
  const left = operandOf(a)!;
  const right = operandOf(b)!;
  return left <= right && left >= right;
}

function sameItems(a: readonly PyValue[], b: readonly PyValue[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!same(a[index]!, b[index]!)) return false;
  return true;
}

function samePlainDicts(a: PlainDict, b: PlainDict): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    const left = a[key]!;
    const right = b[key];
    // An inherited name ("constructor") is no entry; what is inherited equals no value.
    if (left !== right && (right === undefined || typeof right === "function" || !same(left, right))) return false;
  }
  return true;
}

function sameDicts(a: PlainDict | PyDict, b: PlainDict | PyDict): boolean {
  const left = indexOfDict(a);
  const right = indexOfDict(b);
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    const other = right.get(key);
    if (other === undefined || !same(value, other)) return false;
  }
  return true;
}

function indexOfDict(dict: PlainDict | PyDict): Map<string, PyValue> {
  const entries = tagOf(dict) === "$dict" ? (dict as PyDict).$dict : Object.entries(dict as PlainDict);
  return new Map(entries.map(([key, value]) => [keyText(key), value]));
}

function sameSets(a: PySet, b: PySet): boolean {
  const left = new Set(a.$set.map(keyText));
  const right = new Set(b.$set.map(keyText));
  if (left.size !== right.size) return false;
  for (const key of left) if (!right.has(key)) return false;
  return true;
}
