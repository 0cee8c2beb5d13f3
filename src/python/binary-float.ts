import { bitLength } from "./arithmetic.ts";
import { PythonError } from "./error.ts";

/** `mantissa * 2 ** exponent` with any number of bits, or what is no such number. Zero has no sign. */
export type BinaryFloat = FiniteBinary | "inf" | "-inf" | "nan";
export type FiniteBinary = { readonly mantissa: bigint; readonly exponent: number };

export const zero: FiniteBinary = { mantissa: 0n, exponent: 0 };

/** The exact value of an int or a double. */
export function binaryFloat(value: bigint | number): BinaryFloat {
  if (typeof value === "bigint") return { mantissa: value, exponent: 0 };
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  let mantissa = value;
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return { mantissa: BigInt(mantissa), exponent };
}

/** The nearest value with that many bits, ties to even, or with `towardZero` the next one below in size. */
export function roundBits(value: FiniteBinary, bits: number, towardZero = false): FiniteBinary {
  const { mantissa, exponent } = value;
  const size = mantissa < 0n ? -mantissa : mantissa;
  const excess = bitLength(size) - bits;
  if (excess <= 0) return value;
  const shift = BigInt(excess);
  let kept = size >> shift;
  if (!towardZero) {
    const rest = size - (kept << shift);
    const half = 1n << (shift - 1n);
    if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  }
  return { mantissa: mantissa < 0n ? -kept : kept, exponent: exponent + excess };
}

export function negated(value: BinaryFloat): BinaryFloat {
  if (value === "nan") return value;
  if (value === "inf") return "-inf";
  if (value === "-inf") return "inf";
  return { mantissa: -value.mantissa, exponent: value.exponent };
}

/** The exact product. */
export function product(a: BinaryFloat, b: BinaryFloat): BinaryFloat {
  if (typeof a === "object" && typeof b === "object") {
    return { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent };
  }
  return infinityOf(signOf(a) * signOf(b));
}

/** The sum, cut off toward zero after that many bits. */
export function cutSum(a: BinaryFloat, b: BinaryFloat, bits: number): BinaryFloat {
  if (typeof a !== "object") return a === b || typeof b === "object" ? a : "nan";
  if (typeof b !== "object") return b;
  const exponent = Math.min(a.exponent, b.exponent);
  const mantissa = (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent));
  return roundBits({ mantissa, exponent }, bits, true);
}

/** The nearest quotient with that many bits. Throws Python's ZeroDivisionError, without a text as mpmath does. */
export function quotient(a: BinaryFloat, b: BinaryFloat, bits: number): BinaryFloat {
  if (typeof b === "object" && b.mantissa === 0n) throw new PythonError("ZeroDivisionError", "");
  if (typeof a === "object" && a.mantissa === 0n) return b === "nan" ? b : zero;
  if (typeof a !== "object") return typeof b === "object" ? infinityOf(signOf(a) * signOf(b)) : "nan";
  if (typeof b !== "object") return b === "nan" ? b : zero;
  const size = a.mantissa < 0n ? -a.mantissa : a.mantissa;
  const divisor = b.mantissa < 0n ? -b.mantissa : b.mantissa;
  const shift = Math.max(2, bits + 2 + bitLength(divisor) - bitLength(size));
  const scaled = size << BigInt(shift);
  const whole = scaled / divisor;
  // A last bit that says "and something more" makes the rounding exact.
  const mantissa = (whole << 1n) | (whole * divisor === scaled ? 0n : 1n);
  const isNegative = signOf(a) !== signOf(b);
  return roundBits(
    { mantissa: isNegative ? -mantissa : mantissa, exponent: a.exponent - b.exponent - shift - 1 },
    bits,
  );
}

/** NaN for "nan", so that a product of signs says what a product of values is. */
export function signOf(value: BinaryFloat): number {
  if (typeof value === "object") return value.mantissa > 0n ? 1 : value.mantissa < 0n ? -1 : 0;
  return value === "nan" ? Number.NaN : value === "inf" ? 1 : -1;
}

function infinityOf(sign: number): BinaryFloat {
  if (sign > 0) return "inf";
  return sign < 0 ? "-inf" : "nan";
}
