import { bitLength } from "./arithmetic.ts";
import type { BinaryFloat, FiniteBinary } from "./binary-float.ts";

const BITS_PER_DIGIT = 3.3219280948873626;
/** mpmath cuts the digits off a few places behind the last one it rounds to. */
const SPARE_DIGITS = 3;

/** The decimal text that mpmath 1.3.0 writes with at most that many digits: "2.5", "+inf", "1.0e-10". */
export function binaryText(value: BinaryFloat, most: number): string {
  if (typeof value !== "object") return value === "inf" ? "+inf" : value;
  if (value.mantissa === 0n) return "0.0";
  const sign = value.mantissa < 0n ? "-" : "";
  const { digits, exponent } = roundDigits(cutDigits(value, most + SPARE_DIGITS), most);
  const isPlain = exponent > Math.min(-Math.floor(most / 3), -5) && exponent < most;
  if (!isPlain) {
    return `${sign}${withPoint(digits, 1)}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
  }
  return sign + (exponent < 0 ? withPoint("0".repeat(-exponent) + digits, 1) : withPoint(digits, exponent + 1));
}

type Digits = { readonly digits: string; readonly exponent: number };

/** About that many digits of the size, cut off, and the power of ten of the first. */
function cutDigits({ mantissa, exponent }: FiniteBinary, count: number): Digits {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const bits = Math.trunc(count * BITS_PER_DIGIT) + 10;
  const fixed = Math.max(bits - exponent - bitLength(size), 0);
  const places = Math.trunc(fixed / BITS_PER_DIGIT + 0.5);
  const shift = BigInt(exponent + fixed);
  const scaled = shift >= 0n ? size << shift : size >> -shift;
  const digits = ((scaled * 10n ** BigInt(places)) >> BigInt(fixed)).toString();
  return { digits, exponent: digits.length - places - 1 };
}

/** Rounds half up to that many digits. */
function roundDigits({ digits, exponent }: Digits, most: number): Digits {
  const kept = digits.slice(0, most);
  if (digits.length <= most || digits.charAt(most) < "5") return { digits: kept, exponent };
  const up = (BigInt(kept) + 1n).toString();
  return up.length > kept.length ? { digits: up.slice(0, most), exponent: exponent + 1 } : { digits: up, exponent };
}

/** Puts the point after so many digits and drops the zeros that end the text, but for one behind the point. */
function withPoint(digits: string, whole: number): string {
  const padded = digits.padEnd(whole, "0");
  const fraction = padded.slice(whole).replace(/0+$/, "");
  return `${padded.slice(0, whole)}.${fraction === "" ? "0" : fraction}`;
}
