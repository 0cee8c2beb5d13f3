import { fixedText } from "./fixed-text.ts";
import { toDouble } from "./number-value.ts";
import type { PyValue } from "./value.ts";

export { floatRepr } from "./float-repr.ts";

/** Python's `f"{value:.{digits}f}"`; an int goes through a double first. */
export function formatFixed(value: PyValue, digits: number): string {
  return fixedText(toDouble(value), digits);
}
