import { isAsciiLetter } from "./identifier.ts";
import { floatValue, intValue } from "./number-value.ts";
import { fail, type SourceCursor } from "./source-cursor.ts";
import type { PyNumber } from "./value.ts";

/** CPython refuses to turn longer decimal texts into ints, and ints that long into text. */
const MAXIMUM_DECIMAL_DIGITS = 4300;
const RADIX_DIGITS: Readonly<Record<string, RegExp>> = { x: /[0-9a-f]/i, o: /[0-7]/, b: /[01]/ };

/** Reads the unsigned number at the cursor, or undefined where none starts. */
export function readNumber(cursor: SourceCursor): PyNumber | undefined {
  const { text, at: start } = cursor;
  const first = text.charCodeAt(start);
  if (!isDigit(first) && !(first === 0x2e && isDigit(text.charCodeAt(start + 1)))) return undefined;
  const radix = first === 0x30 ? text.charAt(start + 1).toLowerCase() : "";
  if (radix === "x" || radix === "o" || radix === "b") return readRadixInteger(cursor, RADIX_DIGITS[radix]!);

  let end = digitsEnd(text, start);
  let isFloat = false;
  if (text.charCodeAt(end) === 0x2e) {
    isFloat = true;
    end = digitsEnd(text, end + 1);
  }
  const exponent = exponentStart(text, end);
  if (exponent > 0) {
    isFloat = true;
    end = digitsEnd(text, exponent);
  }
  refuseTrailingLetter(text, start, end);
  cursor.at = end;
  return isFloat ? floatValue(Number(withoutUnderscores(text, start, end))) : decimalInteger(text, start, end);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Where the run of digits ends; a single underscore may stand between two digits. */
function digitsEnd(text: string, start: number): number {
  let at = start;
  while (
    isDigit(text.charCodeAt(at)) ||
    (text.charCodeAt(at) === 0x5f && at > start && isDigit(text.charCodeAt(at + 1)))
  ) {
    at += 1;
  }
  return at;
}

/** Where the digits of an exponent start, or 0 where there is none. */
function exponentStart(text: string, at: number): number {
  const letter = text.charCodeAt(at);
  if (letter !== 0x65 && letter !== 0x45) return 0;
  const sign = text.charCodeAt(at + 1);
  const digits = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
  return isDigit(text.charCodeAt(digits)) ? digits : 0;
}

function decimalInteger(text: string, start: number, end: number): PyNumber {
  if (end - start < 16 && text.charCodeAt(start) !== 0x30) {
    const value = Number(text.slice(start, end));
    if (!Number.isNaN(value)) return value;
  }
  const digits = withoutUnderscores(text, start, end);
  if (digits.startsWith("0") && /[1-9]/.test(digits)) {
    fail(start, "leading zeros in decimal integer literals are not permitted");
  }
  if (digits.length > MAXIMUM_DECIMAL_DIGITS) refuseLongInteger(start);
  return intValue(BigInt(digits));
}

function readRadixInteger(cursor: SourceCursor, digit: RegExp): PyNumber {
  const { text, at: start } = cursor;
  let at = start + 2;
  while (digit.test(text.charAt(at)) || (text.charCodeAt(at) === 0x5f && digit.test(text.charAt(at + 1)))) at += 1;
  if (at === start + 2) fail(start, "digits are missing from this number");
  refuseTrailingLetter(text, start, at);
  cursor.at = at;
  if (at - start > 4 * MAXIMUM_DECIMAL_DIGITS) refuseLongInteger(start);
  const value = BigInt(withoutUnderscores(text, start, at));
  if (value.toString().length > MAXIMUM_DECIMAL_DIGITS) refuseLongInteger(start);
  return intValue(value);
}

function withoutUnderscores(text: string, start: number, end: number): string {
  const digits = text.slice(start, end);
  return digits.includes("_") ? digits.replaceAll("_", "") : digits;
}

function refuseTrailingLetter(text: string, start: number, end: number): void {
  const code = text.charCodeAt(end);
  if ((code === 0x6a || code === 0x4a) && end > start) fail(start, "complex numbers are not read");
  if (isAsciiLetter(code) || isDigit(code) || code > 0x7f) fail(end, "invalid number: a letter follows its digits");
}

function refuseLongInteger(start: number): never {
  fail(start, `this integer has over ${MAXIMUM_DECIMAL_DIGITS} digits, more than Python reads`);
}
