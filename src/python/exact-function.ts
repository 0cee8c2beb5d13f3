import { roundScaled } from "./arithmetic.ts";

/**
 * Powers, sines and cosines rounded to the nearest double. JavaScript engines and C libraries differ in the last digit of
 * these; the C library under CPython is nearly always right, so being right agrees with it.
 */

/** Bits behind the point: enough that an error in the logarithm, times any exponent that matters, stays far below a double's. */
const bits = 256n;
const one = 1n << bits;
const naturalLogOfTwo = 2n * inverseHyperbolicTangent(one / 3n);
const pi = 4n * (4n * arcCotangent(5n) - arcCotangent(239n));

/** `base ** exponent` of a positive finite base; Infinity or 0 beyond the doubles. */
export function exactPower(base: number, exponent: number): number {
  if (exponent === 1 || base === 1) return base;
  if (exponent === 2) return base * base;
  const estimate = exponent * Math.log2(base);
  if (estimate > 1030) return Number.POSITIVE_INFINITY;
  if (estimate < -1085) return 0;
  const logarithm = scaledProduct(naturalLog(base), exponent);
  const twos = (logarithm + naturalLogOfTwo / 2n) / naturalLogOfTwo;
  const mantissa = exponential(logarithm - twos * naturalLogOfTwo);
  // An exact result, or one halfway between two doubles, is off by the error of the series: drop what lies below 100 bits.
  const rounded = (mantissa + (1n << 155n)) >> 156n;
  return roundScaled(rounded, Number(twos) - 100);
}

export function exactSine(angle: number): number {
  return circular(angle, 0);
}

export function exactCosine(angle: number): number {
  return circular(angle, 1);
}

/** The sine of the angle, `quarters` of a turn further on. */
function circular(angle: number, quarters: number): number {
  if (!Number.isFinite(angle)) return Number.NaN;
  // So near to 0 the sine is the angle, and fixed point would lose its digits.
  if (Math.abs(angle) < 2 ** -27) return quarters === 0 ? angle : 1;
  const fixed = toFixedPoint(angle);
  const halfPi = pi / 2n;
  let turns = fixed / halfPi;
  let rest = fixed - turns * halfPi;
  if (rest < 0n) {
    rest += halfPi;
    turns -= 1n;
  }
  const quadrant = Number((((turns + BigInt(quarters)) % 4n) + 4n) % 4n);
  const value = quadrant % 2 === 0 ? alternating(rest, rest, 1n) : alternating(one, rest, 0n);
  const signed = quadrant < 2 ? value : -value;
  if (signed === 0n) return 0;
  return signed < 0n ? -roundScaled(-signed, -Number(bits)) : roundScaled(signed, -Number(bits));
}

/** The series of sine (from `rest`, 1) or cosine (from one, 0). */
function alternating(first: bigint, rest: bigint, start: bigint): bigint {
  const square = (rest * rest) >> bits;
  let term = first;
  let total = first;
  for (let index = start + 1n; term !== 0n; index += 2n) {
    term = -(((term * square) >> bits) / (index * (index + 1n)));
    total += term;
    if (term === -1n) break;
  }
  return total;
}

/** A double in fixed point. */
function toFixedPoint(value: number): bigint {
  return scaledProduct(one, value);
}

/** `fixed * factor` with a double as the factor, exact but for the last bit. */
function scaledProduct(fixed: bigint, factor: number): bigint {
  const { mantissa, exponent } = decompose(factor);
  return exponent >= 0 ? (fixed * mantissa) << BigInt(exponent) : (fixed * mantissa) >> BigInt(-exponent);
}

/** A double as an int times a power of two. */
function decompose(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const raw = view.getBigUint64(0);
  const field = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = field === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: (field === 0 ? 1 : field) - 1075 };
}

function naturalLog(value: number): bigint {
  const { mantissa, exponent } = decompose(value);
  const length = mantissa.toString(2).length;
  // Between 0.75 and 1.5 the series below is short.
  const isUpper = mantissa >> BigInt(Math.max(length - 2, 0)) === 3n;
  const twos = exponent + length - (isUpper ? 0 : 1);
  const fixed = mantissa << (bits - BigInt(length - (isUpper ? 0 : 1)));
  const logarithm = 2n * inverseHyperbolicTangent(((fixed - one) << bits) / (fixed + one));
  return logarithm + BigInt(twos) * naturalLogOfTwo;
}

function inverseHyperbolicTangent(value: bigint): bigint {
  const square = (value * value) >> bits;
  let total = 0n;
  let factor = value;
  for (let index = 1n; factor !== 0n && factor !== -1n; index += 2n) {
    total += factor / index;
    factor = (factor * square) >> bits;
  }
  return total;
}

function arcCotangent(value: bigint): bigint {
  let term = one / value;
  let total = 0n;
  for (let index = 1n; term !== 0n; index += 2n) {
    total += index % 4n === 1n ? term / index : -(term / index);
    term /= value * value;
  }
  return total;
}

/** e to a fixed-point value of at most one half. */
function exponential(value: bigint): bigint {
  let term = one;
  let total = one;
  for (let index = 1n; term !== 0n && term !== -1n; index += 1n) {
    term = ((term * value) >> bits) / index;
    total += term;
  }
  return total;
}
