import { PythonError } from "./error.ts";
import { integerSquareRoot } from "./integer-square-root.ts";
import { isInt } from "./kind.ts";
import { operandOf, toBigInt } from "./number-value.ts";
import type { PyNumber, PyOpaque } from "./value.ts";

/** `coefficient * 10 ** exponent`; Python keeps 1.0 and 1.00 apart. */
type Decimal = { readonly coefficient: bigint; readonly exponent: number };

const MAXIMUM_PRECISION = 999_999_999_999_999_999n;
/** More digits than this are not computed: Python would, as long as its memory lasts. */
const MOST_DIGITS = 10_000n;

/**
 * `Decimal(number).sqrt()` at a precision in significant digits, as its `repr`. The number must not be negative.
 * Throws the ValueError, OverflowError or TypeError of an invalid precision.
 */
export function squareRoot(number: PyNumber | boolean, precision: PyNumber | boolean): PyOpaque {
  const digits = checkedPrecision(precision);
  const operand = operandOf(number)!;
  if (operand < 0) throw new RangeError("squareRoot takes no negative number");
  if (typeof operand === "number" && !Number.isFinite(operand)) {
    return { $repr: `Decimal('${Number.isNaN(operand) ? "NaN" : "Infinity"}')` };
  }
  if (Object.is(operand, -0)) return { $repr: "Decimal('-0')" };
  const exact = typeof operand === "bigint" ? { coefficient: operand, exponent: 0 } : exactDecimal(operand);
  return { $repr: `Decimal('${decimalText(rootOf(exact, digits))}')` };
}

function checkedPrecision(precision: PyNumber | boolean): number {
  if (typeof precision !== "boolean" && !isInt(precision)) throw new PythonError("TypeError", "an integer is required");
  const digits = toBigInt(precision);
  if (BigInt.asIntN(64, digits) !== digits) {
    throw new PythonError("OverflowError", "Python int too large to convert to C ssize_t");
  }
  if (digits < 1n || digits > MAXIMUM_PRECISION) {
    throw new PythonError("ValueError", "valid range for prec is [1, MAX_PREC]");
  }
  if (digits > MOST_DIGITS) {
    throw new PythonError("OverflowError", `a precision above ${MOST_DIGITS} digits is not computed`);
  }
  return Number(digits);
}

/** The exact value of a finite, non-negative double, with the largest exponent up to 0 that says it. */
function exactDecimal(value: number): Decimal {
  let numerator = value;
  let twos = 0;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    twos += 1;
  }
  return { coefficient: BigInt(numerator) * 5n ** BigInt(twos), exponent: -twos };
}

/** An exact root keeps half the exponent of its square; any other is rounded to all its digits, ties to even. */
function rootOf({ coefficient, exponent }: Decimal, digits: number): Decimal {
  const ideal = Math.floor(exponent / 2);
  const radicand = exponent % 2 === 0 ? coefficient : coefficient * 10n;
  const root = integerSquareRoot(radicand);
  if (root * root === radicand) return rounded({ coefficient: root, exponent: ideal }, digits, false);
  const places = Math.max(0, digits + 1 - root.toString().length);
  const scaled = radicand * 100n ** BigInt(places);
  const long = integerSquareRoot(scaled);
  return rounded({ coefficient: long, exponent: ideal - places }, digits, true);
}

/** Rounds to at most that many digits; `inexact` says that the true value lies a little above. */
function rounded({ coefficient, exponent }: Decimal, digits: number, inexact: boolean): Decimal {
  const excess = coefficient.toString().length - digits;
  if (excess <= 0) return { coefficient, exponent };
  const unit = 10n ** BigInt(excess);
  const kept = coefficient / unit;
  const twice = (coefficient % unit) * 2n;
  const up = twice > unit || (twice === unit && (inexact || kept % 2n === 1n));
  const next = { coefficient: up ? kept + 1n : kept, exponent: exponent + excess };
  return rounded(next, digits, false);
}

/** `str(decimal)`: plain digits down to 1e-6, else scientific. */
function decimalText({ coefficient, exponent }: Decimal): string {
  const digits = coefficient.toString();
  const point = digits.length + exponent;
  if (exponent <= 0 && point > -6) {
    if (exponent === 0) return digits;
    return point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `0.${"0".repeat(-point)}${digits}`;
  }
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${mantissa}E${point - 1 < 0 ? "-" : "+"}${Math.abs(point - 1)}`;
}
