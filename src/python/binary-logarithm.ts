import { bitLength } from "./arithmetic.ts";
import { type BinaryFloat, type FiniteBinary, roundBits, zero } from "./binary-float.ts";
import { integerSquareRoot } from "./integer-square-root.ts";

/** Bits computed beyond those asked for. mpmath keeps as many, and its ln(2) is cut off there: so is ours. */
const GUARD_BITS = 20;
const SPARE_BITS = 32;

/** Logarithms of small whole numbers, which bases are; mpmath keeps its own in the same way. */
const ofWholeNumbers = new Map<string, BinaryFloat>();
const mostKept = 256;
const largestKept = 10_000n;

/** The natural logarithm of a number that is not negative, to the nearest value with that many bits, as mpmath rounds it. */
export function naturalLogarithm(value: BinaryFloat, bits: number): BinaryFloat {
  if (typeof value !== "object") return value;
  if (value.mantissa === 0n) return "-inf";
  if (value.exponent < 0 || value.exponent > 16 || value.mantissa > largestKept) return computed(value, bits);
  const key = `${value.mantissa} ${value.exponent} ${bits}`;
  let known = ofWholeNumbers.get(key);
  if (known === undefined) {
    known = computed(value, bits);
    if (ofWholeNumbers.size === mostKept) ofWholeNumbers.clear();
    ofWholeNumbers.set(key, known);
  }
  return known;
}

function computed(value: FiniteBinary, bits: number): BinaryFloat {
  const { mantissa, exponent } = withOddMantissa(value);
  const length = bitLength(mantissa);
  const magnitude = exponent + length;
  let fixed = bits + GUARD_BITS;
  if (mantissa === 1n) {
    if (exponent === 0) return zero;
    return roundBits({ mantissa: BigInt(exponent) * logarithmOfTwo(fixed), exponent: -fixed }, bits);
  }
  if (Math.abs(magnitude) <= 1) {
    // Near 1 the leading bits cancel. mpmath takes 1/4 < x < 1/2 for near 1 too, and so answers wrongly just above 1/4.
    const isBelow = magnitude === 0;
    const distance = isBelow ? (1n << BigInt(length)) - mantissa : mantissa - (1n << BigInt(length - 1));
    const cancelled = length - bitLength(distance);
    if (cancelled > fixed) {
      return roundBits({ mantissa: isBelow ? -distance : distance, exponent: Math.abs(magnitude) - length }, bits);
    }
    fixed += cancelled;
  }
  const sum = logarithmOfFraction(mantissa, length, fixed) + BigInt(magnitude) * logarithmOfTwo(fixed);
  return roundBits({ mantissa: sum, exponent: -fixed }, bits);
}

/** Pi to the nearest value with that many bits. */
export function pi(bits: number): FiniteBinary {
  const fixed = bits + GUARD_BITS;
  const work = fixed + SPARE_BITS;
  const value = 16n * arcTangentOfInverse(5n, work, -1n) - 4n * arcTangentOfInverse(239n, work, -1n);
  return roundBits({ mantissa: value >> BigInt(work - fixed), exponent: -fixed }, bits);
}

function withOddMantissa({ mantissa, exponent }: FiniteBinary): FiniteBinary {
  const twos = bitLength(mantissa & -mantissa) - 1;
  return { mantissa: mantissa >> BigInt(twos), exponent: exponent + twos };
}

/** ln(mantissa / 2^length) for a fraction in [1/2, 1), in units of 2^-bits. */
function logarithmOfFraction(mantissa: bigint, length: number, bits: number): bigint {
  // Each square root halves the logarithm; the series then needs few terms.
  const roots = Math.ceil(Math.sqrt(bits) / 2);
  const work = bits + 2 * roots + SPARE_BITS;
  const scale = BigInt(work);
  const one = 1n << scale;
  let root = work >= length ? mantissa << BigInt(work - length) : mantissa >> BigInt(length - work);
  for (let count = 0; count < roots; count += 1) root = integerSquareRoot(root << scale);
  const tangent = ((root - one) << scale) / (root + one);
  const square = (tangent * tangent) >> scale;
  let power = tangent;
  let sum = tangent;
  for (let divisor = 3n; power !== 0n && power !== -1n; divisor += 2n) {
    power = (power * square) >> scale;
    sum += power / divisor;
  }
  return (sum << BigInt(roots + 1)) >> BigInt(work - bits);
}

let longestLogarithmOfTwo = { bits: 0, value: 0n };

/** ln(2) in units of 2^-bits, cut off. The longest value asked for is kept. */
function logarithmOfTwo(bits: number): bigint {
  if (bits > longestLogarithmOfTwo.bits) {
    const value = 2n * arcTangentOfInverse(3n, bits + SPARE_BITS, 1n);
    longestLogarithmOfTwo = { bits, value: value >> BigInt(SPARE_BITS) };
  }
  return longestLogarithmOfTwo.value >> BigInt(longestLogarithmOfTwo.bits - bits);
}

/** atan(1 / inverse), or with alternation 1 atanh(1 / inverse), in units of 2^-bits. */
function arcTangentOfInverse(inverse: bigint, bits: number, alternation: 1n | -1n): bigint {
  const square = inverse * inverse * alternation;
  let power = (1n << BigInt(bits)) / inverse;
  let sum = power;
  for (let divisor = 3n; power !== 0n; divisor += 2n) {
    power /= square;
    sum += power / divisor;
  }
  return sum;
}
