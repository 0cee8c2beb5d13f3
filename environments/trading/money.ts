import { PythonError } from "../../src/python/error.ts";
import { compare, subtract } from "../../src/python/number.ts";
import type { PyNumber } from "../../src/python/value.ts";

/** A computation that Python may give up, as on an int that is too large for a float. */
export function attempted<T>(compute: () => T): { readonly value: T } | { readonly error: PythonError } {
  try {
    return { value: compute() };
  } catch (error) {
    if (error instanceof PythonError) return { error };
    throw error;
  }
}

/** How much of a sum a balance does not cover; 0 where it covers it, null where the difference is no number. */
export function shortfall(sum: PyNumber, balance: PyNumber): PyNumber | null {
  if (compare(sum, balance) <= 0) return 0;
  const difference = attempted(() => subtract(sum, balance));
  return "value" in difference ? difference.value : null;
}
