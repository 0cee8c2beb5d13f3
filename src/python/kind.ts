import type { PyDict, PyFloat, PyInt, PyNumber, PyOpaque, PySet, PyTuple, PyValue } from "./value.ts";

export type PyKind = "NoneType" | "bool" | "int" | "float" | "str" | "list" | "tuple" | "dict" | "set" | "opaque";
export type PlainDict = { readonly [key: string]: PyValue };

/** The `$…` key that says what a tagged object stands for; undefined for a plain dict. Arrays have no tag. */
export function tagOf(value: object): string | undefined {
  for (const key in value) return key.charCodeAt(0) === 0x24 ? key : undefined;
  return undefined;
}

/** The Python type of a value, read from its form. */
export function kindOf(value: PyValue): PyKind {
  switch (typeof value) {
    case "string":
      return "str";
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "boolean":
      return "bool";
  }
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  switch (tagOf(value)) {
    case undefined:
    case "$dict":
      return "dict";
    case "$float":
      return "float";
    case "$int":
      return "int";
    case "$tuple":
      return "tuple";
    case "$set":
      return "set";
    default:
      return "opaque";
  }
}

function isTagged(value: PyValue, tag: string): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && tagOf(value) === tag;
}

export const isFloatTag = (value: PyValue): value is PyFloat => isTagged(value, "$float");
export const isIntTag = (value: PyValue): value is PyInt => isTagged(value, "$int");
export const isDictTag = (value: PyValue): value is PyDict => isTagged(value, "$dict");
export const isSet = (value: PyValue): value is PySet => isTagged(value, "$set");
export const isTuple = (value: PyValue): value is PyTuple => isTagged(value, "$tuple");
export const isOpaque = (value: PyValue): value is PyOpaque => isTagged(value, "$repr");
export const isList = (value: PyValue): value is readonly PyValue[] => Array.isArray(value);

/** A dict in either form. */
export function isDict(value: PyValue): value is PlainDict | PyDict {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const tag = tagOf(value);
  return tag === undefined || tag === "$dict";
}

/** A dict that is a plain object. */
export function isPlainDict(value: PyValue): value is PlainDict {
  return typeof value === "object" && value !== null && !Array.isArray(value) && tagOf(value) === undefined;
}

/** A Python int in either form; a bool is none. */
export function isInt(value: PyValue): value is number | PyInt {
  return typeof value === "number" ? Number.isInteger(value) : isIntTag(value);
}

/** A Python float in either form. */
export function isFloat(value: PyValue): value is number | PyFloat {
  return typeof value === "number" ? !Number.isInteger(value) : isFloatTag(value);
}

/** An int or a float; a bool is none. */
export function isNumber(value: PyValue): value is PyNumber {
  return typeof value === "number" || isIntTag(value) || isFloatTag(value);
}

/** `type(value).__name__` as CPython's messages spell it. */
export function typeName(value: PyValue): string {
  const kind = kindOf(value);
  if (kind !== "opaque") return kind;
  const text = (value as PyOpaque).$repr;
  if (text === "Ellipsis") return "ellipsis";
  if (/^b['"]/.test(text)) return "bytes";
  if (/j\)?$/.test(text)) return "complex";
  const builder = /^(\w+)\(/.exec(text)?.[1];
  return builder === "Decimal" ? "decimal.Decimal" : (builder ?? "object");
}
