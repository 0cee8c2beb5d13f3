import { type BinaryFloat, binaryFloat, cutSum, negated, product, quotient, signOf } from "./binary-float.ts";
import { naturalLogarithm, pi } from "./binary-logarithm.ts";
import { binaryText } from "./binary-text.ts";
import { PythonError } from "./error.ts";
import { bigintToDouble, operandOf, toBigInt } from "./number-value.ts";
import type { PyNumber, PyOpaque } from "./value.ts";

/** A number of mpmath's: an mpc where there is an imaginary part, though it may be zero, else an mpf. */
type ComplexNumber = { readonly real: BinaryFloat; readonly imaginary?: BinaryFloat };

/** More digits than this are not computed: Python would, as long as its memory and patience last. */
const MOST_DIGITS = 10_000;
const BITS_PER_DIGIT = 3.3219280948873626;
/** mpmath keeps this many bits more when it adds the parts of a complex quotient. */
const SUM_BITS = 10;

/**
 * `mpmath.log(value) / mpmath.log(base)` at a precision in decimal digits, as the `repr` of mpmath 1.3.0: an mpf, or an mpc
 * where a number is negative. A decimal text is rounded to the precision first, a number is not. Throws a ZeroDivisionError
 * with an empty text for base 1, and for a precision that is no int.
 */
export function logarithm(
  value: PyNumber | boolean | string,
  base: PyNumber | boolean | string,
  precision: PyNumber | boolean,
): PyOpaque {
  const { bits, reprDigits } = workingPrecision(precision);
  const a = complexLogarithm(operand(value, bits), bits);
  const b = complexLogarithm(operand(base, bits), bits);
  const result = complexQuotient(a, b, bits);
  const real = binaryText(result.real, reprDigits);
  if (result.imaginary === undefined) return { $repr: `mpf('${real}')` };
  return { $repr: `mpc(real='${real}', imag='${binaryText(result.imaginary, reprDigits)}')` };
}

function operand(value: PyNumber | boolean | string, bits: number): BinaryFloat {
  if (typeof value !== "string") return binaryFloat(operandOf(value)!);
  const [whole, fraction = ""] = value.split(".");
  return quotient(binaryFloat(BigInt(whole + fraction)), binaryFloat(10n ** BigInt(fraction.length)), bits);
}

/** The bits that mpmath computes with for a number of decimal digits, and the digits that its `repr` then shows. */
export function workingPrecision(digits: PyNumber | boolean): { readonly bits: number; readonly reprDigits: number } {
  const wanted = bigintToDouble(toBigInt(digits) + 1n);
  if (wanted > MOST_DIGITS + 1) {
    throw new PythonError("OverflowError", `a precision above ${MOST_DIGITS} digits is not computed`);
  }
  const bits = Math.max(1, roundHalfEven(wanted * BITS_PER_DIGIT));
  const shown = Math.max(1, roundHalfEven(bits / BITS_PER_DIGIT) - 1);
  return { bits, reprDigits: shown === 15 ? 17 : shown + 3 };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** The principal value; of a negative number, and of minus infinity, the imaginary part is pi. */
function complexLogarithm(value: BinaryFloat, bits: number): ComplexNumber {
  if (!(signOf(value) < 0)) return { real: naturalLogarithm(value, bits) };
  return { real: naturalLogarithm(negated(value), bits), imaginary: pi(bits) };
}

function complexQuotient(a: ComplexNumber, b: ComplexNumber, bits: number): ComplexNumber {
  if (b.imaginary === undefined) {
    const real = quotient(a.real, b.real, bits);
    return a.imaginary === undefined ? { real } : { real, imaginary: quotient(a.imaginary, b.real, bits) };
  }
  const sumBits = bits + SUM_BITS;
  const size = cutSum(product(b.real, b.real), product(b.imaginary, b.imaginary), sumBits);
  let real = product(b.real, a.real);
  let imaginary = negated(product(b.imaginary, a.real));
  if (a.imaginary !== undefined) {
    real = cutSum(real, product(a.imaginary, b.imaginary), sumBits);
    imaginary = cutSum(product(a.imaginary, b.real), imaginary, sumBits);
  }
  return { real: quotient(real, size, bits), imaginary: quotient(imaginary, size, bits) };
}
