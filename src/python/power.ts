import { complexRepr } from "./complex-text.ts";
import { PythonError } from "./error.ts";
import { exactCosine, exactPower, exactSine } from "./exact-function.ts";
import { kindOf, typeName } from "./kind.ts";
import { bigintToDouble, digitLimitError, floatValue, intValue, operandOf } from "./number-value.ts";
import type { PyNumber, PyOpaque, PyValue } from "./value.ts";

/** Larger results of int powers are not computed: CPython could not print them either. */
const mostBits = 4300 * Math.log2(10) + 64;

/** `base ** exponent`; a negative base with a fractional exponent gives a complex number. */
export function power(base: PyValue, exponent: PyValue): PyNumber | PyOpaque {
  const left = operandOf(base);
  const right = operandOf(exponent);
  if (left === undefined || right === undefined || kindOf(base) === "opaque") {
    const types = `'${typeName(base)}' and '${typeName(exponent)}'`;
    throw new PythonError("TypeError", `unsupported operand type(s) for ** or pow(): ${types}`);
  }
  if (typeof left === "bigint" && typeof right === "bigint" && right >= 0n) return powerOfInts(left, right);
  return powerOfFloats(asDouble(left), asDouble(right));
}

function asDouble(value: bigint | number): number {
  return typeof value === "number" ? value : bigintToDouble(value);
}

function powerOfInts(base: bigint, exponent: bigint): PyNumber {
  const size = base < 0n ? -base : base;
  if (size > 1n) {
    const bits = size.toString(2).length - 1;
    if (BigInt(bits) * exponent > BigInt(Math.ceil(mostBits))) throw digitLimitError();
  } else if (size === 1n) {
    return intValue(base < 0n && exponent % 2n === 1n ? -1n : 1n);
  }
  return size === 0n ? (exponent === 0n ? 1 : 0) : intValue(base ** exponent);
}

/** The cases in the order of CPython, which asks them itself before the C library is asked. */
function powerOfFloats(base: number, exponent: number): PyNumber | PyOpaque {
  if (exponent === 0) return floatValue(1);
  if (Number.isNaN(base)) return floatValue(base);
  if (Number.isNaN(exponent)) return floatValue(base === 1 ? 1 : exponent);
  const isOdd = Math.abs(exponent) % 2 === 1;
  if (!Number.isFinite(exponent)) {
    const size = Math.abs(base);
    if (size === 1) return floatValue(1);
    return floatValue(exponent > 0 === size > 1 ? Number.POSITIVE_INFINITY : 0);
  }
  if (!Number.isFinite(base)) {
    if (exponent > 0) return floatValue(isOdd ? base : Number.POSITIVE_INFINITY);
    return floatValue(isOdd && base < 0 ? -0 : 0);
  }
  if (base === 0) {
    if (exponent < 0) throw new PythonError("ZeroDivisionError", "0.0 cannot be raised to a negative power");
    return floatValue(isOdd ? base : 0);
  }
  if (base < 0 && !Number.isInteger(exponent)) return complexPower(base, exponent);
  const size = exactPower(Math.abs(base), exponent);
  if (!Number.isFinite(size)) throw new PythonError("OverflowError", "(34, 'Numerical result out of range')");
  return floatValue(base < 0 && isOdd ? -size : size);
}

/** By polar coordinates, as CPython does. */
function complexPower(base: number, exponent: number): PyOpaque {
  const length = exactPower(-base, exponent);
  const phase = Math.PI * exponent;
  const real = length * exactCosine(phase);
  const imaginary = length * exactSine(phase);
  if (!Number.isFinite(real) || !Number.isFinite(imaginary)) {
    throw new PythonError("OverflowError", "complex exponentiation");
  }
  return { $repr: complexRepr(real, imaginary) };
}
