import { compare, negate } from "./arithmetic.ts";
import { PythonError } from "./error.ts";
import { isInt } from "./kind.ts";
import type { PyNumber } from "./value.ts";

/** `items[-count:]`: the last items, or all of them where the count is 0 or covers them; a negative count leaves out the first. */
export function lastItems<T>(items: readonly T[], count: PyNumber): T[] {
  if (!isInt(count))
    throw new PythonError("TypeError", "slice indices must be integers or None or have an __index__ method");
  if (compare(count, items.length) >= 0) return [...items];
  return items.slice(compare(negate(count), items.length) >= 0 ? items.length : -Number(count));
}
