import { PythonError } from "./error.ts";
import { typeName } from "./kind.ts";
import { bigintToDouble, floatValue, intValue, operandOf } from "./number-value.ts";
import type { PyNumber, PyValue } from "./value.ts";

type OnInts = (a: bigint, b: bigint) => PyNumber;
type OnFloats = (a: number, b: number) => number;

/** Any two numbers or bools the slow way: ints as bigints, anything with a float in it as doubles. */
function compute(symbol: string, a: PyValue, b: PyValue, onInts: OnInts, onFloats: OnFloats): PyNumber {
  const left = operandOf(a);
  const right = operandOf(b);
  if (left === undefined || right === undefined) {
    const types = `'${typeName(a)}' and '${typeName(b)}'`;
    throw new PythonError("TypeError", `unsupported operand type(s) for ${symbol}: ${types}`);
  }
  if (typeof left === "bigint" && typeof right === "bigint") return onInts(left, right);
  return floatValue(onFloats(asDouble(left), asDouble(right)));
}

function asDouble(value: bigint | number): number {
  return typeof value === "number" ? value : bigintToDouble(value);
}

/** `a + b` */
export function add(a: PyValue, b: PyValue): PyNumber {
  if (typeof a === "number" && typeof b === "number") {
    const result = a + b;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return floatValue(result);
    if (Number.isSafeInteger(result)) return result + 0;
  }
  return compute(
    "+",
    a,
    b,
    (x, y) => intValue(x + y),
    (x, y) => x + y,
  );
}

/** `a - b` */
export function subtract(a: PyValue, b: PyValue): PyNumber {
  if (typeof a === "number" && typeof b === "number") {
    const result = a - b;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return floatValue(result);
    if (Number.isSafeInteger(result)) return result + 0;
  }
  return compute(
    "-",
    a,
    b,
    (x, y) => intValue(x - y),
    (x, y) => x - y,
  );
}

/** `a * b` */
export function multiply(a: PyValue, b: PyValue): PyNumber {
  if (typeof a === "number" && typeof b === "number") {
    const result = a * b;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return floatValue(result);
    if (Number.isSafeInteger(result)) return result + 0; // -0 becomes 0
  }
  return compute(
    "*",
    a,
    b,
    (x, y) => intValue(x * y),
    (x, y) => x * y,
  );
}

/** `a / b`; two ints give the nearest double to their exact quotient. */
export function divide(a: PyValue, b: PyValue): PyNumber {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && b !== 0) return floatValue((a as number) / (b as number));
  return compute("/", a, b, divideInts, (x, y) => {
    if (y === 0) throw new PythonError("ZeroDivisionError", "float division by zero");
    return x / y;
  });
}

function divideInts(a: bigint, b: bigint): PyNumber {
  if (b === 0n) throw new PythonError("ZeroDivisionError", "division by zero");
  const negative = a < 0n !== b < 0n;
  const result = nearestQuotient(a < 0n ? -a : a, b < 0n ? -b : b);
  if (result === Number.POSITIVE_INFINITY) {
    throw new PythonError("OverflowError", "integer division result too large for a float");
  }
  return floatValue(negative ? -result : result);
}

/** The double nearest to a quotient of non-negative ints, ties to even; Infinity beyond the largest. */
export function nearestQuotient(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const difference = bitLength(numerator) - bitLength(denominator);
  // 66 bits of quotient and a sticky bit round as the exact value does; below -1022 a double has fewer bits.
  const shift = 66 - difference;
  const scaled = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const quotient = scaled / divisor;
  return roundScaled((quotient << 1n) | (quotient * divisor === scaled ? 0n : 1n), -shift - 1);
}

/** The double nearest to `mantissa * 2 ** exponent`, ties to even, for a positive mantissa. */
export function roundScaled(mantissa: bigint, exponent: number): number {
  const bits = bitLength(mantissa);
  const leading = exponent + bits - 1;
  if (leading > 1023) return Number.POSITIVE_INFINITY;
  const precision = leading >= -1022 ? 53 : 53 - (-1022 - leading);
  if (precision < 0) return 0;
  const drop = bits - precision;
  if (drop <= 0) return Number(mantissa) * 2 ** exponent;
  const dropped = BigInt(drop);
  let kept = mantissa >> dropped;
  const rest = mantissa - (kept << dropped);
  const half = 1n << (dropped - 1n);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  return Number(kept) * 2 ** (exponent + drop);
}

/** How many binary digits a non-negative int has. */
export function bitLength(value: bigint): number {
  const text = value.toString(16);
  return (text.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(text[0]!, 16)));
}

/** `-value` */
export function negate(value: PyValue): PyNumber {
  if (typeof value === "number") return value === 0 ? 0 : -value;
  const operand = operandOf(value);
  if (operand === undefined) throw new PythonError("TypeError", `bad operand type for unary -: '${typeName(value)}'`);
  return typeof operand === "bigint" ? intValue(-operand) : floatValue(-operand);
}

/** `abs(value)` */
export function absolute(value: PyValue): PyNumber {
  if (typeof value === "number") return Math.abs(value);
  const operand = operandOf(value);
  if (operand === undefined) throw new PythonError("TypeError", `bad operand type for abs(): '${typeName(value)}'`);
  if (typeof operand === "bigint") return intValue(operand < 0n ? -operand : operand);
  return floatValue(Math.abs(operand));
}

/**
 * Below 0, 0 or above 0 as `a` is less than, equal to or greater than `b`, exactly also for an int against a float; NaN where
 * one of them is NaN, so that `compare(a, b) < 0` reads as Python's `a < b`.
 */
export function compare(a: PyValue, b: PyValue, symbol = "<"): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  const left = operandOf(a);
  const right = operandOf(b);
  if (left === undefined || right === undefined) {
    const types = `'${typeName(a)}' and '${typeName(b)}'`;
    throw new PythonError("TypeError", `'${symbol}' not supported between instances of ${types}`);
  }
  return left < right ? -1 : left > right ? 1 : left >= right ? 0 : Number.NaN;
}
