import { add, compare } from "./arithmetic.ts";
import { PythonError } from "./error.ts";
import type { PyNumber, PyValue } from "./value.ts";

/** `sum(values)` from left to right without compensation, as CPython 3.11 does; 0 for none. */
export function sum(values: readonly PyValue[]): PyNumber {
  let total: PyNumber = 0;
  for (const value of values) total = add(total, value);
  return total;
}

/** `min(values)`: the first of the least; the value itself, whatever its form. */
export function minimum(values: readonly PyValue[]): PyValue {
  return first(values, "min", (value, best) => compare(value, best, "<") < 0);
}

/** `max(values)`: the first of the greatest. */
export function maximum(values: readonly PyValue[]): PyValue {
  return first(values, "max", (value, best) => compare(value, best, ">") > 0);
}

function first(values: readonly PyValue[], name: string, wins: (value: PyValue, best: PyValue) => boolean): PyValue {
  let best = values[0];
  if (best === undefined) throw new PythonError("ValueError", `${name}() arg is an empty sequence`);
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index]!;
    if (wins(value, best)) best = value;
  }
  return best;
}
