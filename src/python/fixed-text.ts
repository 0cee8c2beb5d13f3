import { floatRepr } from "./float-repr.ts";

/** Python's `format(value, ".{digits}f")`: exact on the binary value, ties to even. */
export function fixedText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  if (size >= 1e21) return `${sign}${BigInt(size)}${digits > 0 ? `.${"0".repeat(digits)}` : ""}`;
  // The exact value of a double has at most 1074 decimals; toFixed knows 100, so more are counted out.
  const text = digits > 100 ? longFixed(size, digits) : size.toFixed(digits);
  return sign + (isTie(size, digits) ? evenTie(text) : text);
}

/** A value lies halfway between two decimals of that length exactly when it is an odd multiple of 2^-(digits + 1). */
function isTie(size: number, digits: number): boolean {
  if (digits > 100) return false;
  const scaled = size * 2 ** (digits + 1);
  return scaled % 2 === 1;
}

/** `toFixed` rounds ties up; when that made the last digit odd, the even neighbour is one below, without a borrow. */
function evenTie(text: string): string {
  const last = text.charCodeAt(text.length - 1) - 0x30;
  return last % 2 === 1 ? text.slice(0, -1) + String(last - 1) : text;
}

function longFixed(size: number, digits: number): string {
  const whole = Math.floor(size);
  let rest = size - whole;
  let exponent = 0;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    exponent += 1;
  }
  const scaled = BigInt(rest) * 10n ** BigInt(digits);
  const unit = 1n << BigInt(exponent);
  let quotient = scaled / unit;
  const twice = (scaled % unit) * 2n;
  if (twice > unit || (twice === unit && quotient % 2n === 1n)) quotient += 1n;
  const text = quotient.toString().padStart(digits + 1, "0");
  return `${BigInt(whole) + BigInt(text.slice(0, -digits))}.${text.slice(-digits)}`;
}
