import { PythonError } from "./error.ts";
import { floatOf } from "./float-repr.ts";
import { kindOf, typeName } from "./kind.ts";
import type { PyFloat, PyInt, PyOpaque, PyTuple, PyValue } from "./value.ts";

/**
 * A text that is the same for two hashable values exactly when Python holds them equal, so that a Map can stand in for a
 * dict or a set. Lists, dicts and sets throw Python's `unhashable type`.
 */
export function keyText(value: PyValue): string {
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "number") return `n${value === 0 ? 0 : value}`;
  if (typeof value === "boolean") return value ? "n1" : "n0";
  switch (kindOf(value)) {
    case "NoneType":
      return "None";
    case "int":
      return integerKey(BigInt((value as PyInt).$int));
    case "float": {
      const number = floatOf((value as PyFloat).$float);
      return Number.isInteger(number) ? integerKey(BigInt(number)) : `n${number}`;
    }
    case "tuple":
      return `t${JSON.stringify((value as PyTuple).$tuple.map(keyText))}`;
    case "opaque":
      return `o${(value as PyOpaque).$repr}`;
    default:
      throw new PythonError("TypeError", `unhashable type: '${typeName(value)}'`);
  }
}

function integerKey(value: bigint): string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? `n${number}` : `i${value}`;
}
