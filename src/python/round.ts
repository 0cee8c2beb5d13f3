import { nearestQuotient } from "./arithmetic.ts";
import { PythonError } from "./error.ts";
import { fixedText } from "./fixed-text.ts";
import { kindOf, typeName } from "./kind.ts";
import { floatValue, intValue, toBigInt, toDouble } from "./number-value.ts";
import type { PyNumber, PyValue } from "./value.ts";

/** Python's `round(value, digits)`: half to even on the exact binary value; without digits the result is an int. */
export function round(value: PyValue, digits?: PyValue): PyNumber {
  const kind = kindOf(value);
  if (kind !== "int" && kind !== "bool" && kind !== "float") {
    throw new PythonError("TypeError", `type ${typeName(value)} doesn't define __round__ method`);
  }
  if (digits === undefined || digits === null) {
    return kind === "float" ? roundToInt(toDouble(value)) : intValue(toBigInt(value));
  }
  const digitsKind = kindOf(digits);
  if (digitsKind !== "int" && digitsKind !== "bool") {
    throw new PythonError("TypeError", `'${typeName(digits)}' object cannot be interpreted as an integer`);
  }
  const places = Number(toBigInt(digits));
  return kind === "float" ? floatValue(roundDouble(toDouble(value), places)) : roundBigInt(toBigInt(value), places);
}

function roundToInt(value: number): PyNumber {
  const whole = toBigInt(floatValue(value)); // throws for inf and nan
  const rest = Math.abs(value - Math.trunc(value));
  const step = value < 0 ? -1n : 1n;
  return intValue(rest > 0.5 || (rest === 0.5 && whole % 2n !== 0n) ? whole + step : whole);
}

function roundDouble(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0 || places > 323) return value;
  if (places < -308) return value < 0 ? -0 : 0;
  if (places >= 0) return Math.abs(value) >= 2 ** 53 ? value : Number(fixedText(value, places));
  const size = Math.abs(value);
  // Against a unit of at least ten a fraction matters only by being there, which half a step says.
  const whole = Math.floor(size);
  const scaled = BigInt(whole) * 2n + (size > whole ? 1n : 0n);
  const unit = 10n ** BigInt(-places);
  const rounded = nearestQuotient(halfEven(scaled, unit * 2n) * unit, 1n);
  if (rounded === Number.POSITIVE_INFINITY) {
    throw new PythonError("OverflowError", "rounded value too large to represent");
  }
  return value < 0 ? -rounded : rounded;
}

function roundBigInt(value: bigint, places: number): PyNumber {
  if (places >= 0) return intValue(value);
  const size = value < 0n ? -value : value;
  if (-places > size.toString().length) return 0;
  const unit = 10n ** BigInt(-places);
  const rounded = halfEven(size, unit) * unit;
  return intValue(value < 0n ? -rounded : rounded);
}

function halfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}
