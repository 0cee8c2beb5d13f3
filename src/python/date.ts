import { PythonError } from "./error.ts";
import { typeName } from "./kind.ts";
import { stringRepr } from "./string-text.ts";
import type { PyValue } from "./value.ts";

export type DateFormat = "%Y-%m-%d" | "%Y-%m-%d %H:%M:%S";

/** A moment without a zone, as Python's naive `datetime`. */
export type DateTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

const blank = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const day = "(\\p{Nd}{4})-(1[0-2]|0[1-9]|[1-9])-(3[0-1]|[1-2]\\p{Nd}|0[1-9]|[1-9]| [1-9])";
const time = "(2[0-3]|[0-1]\\p{Nd}|\\p{Nd}):([0-5]\\p{Nd}|\\p{Nd}):(6[0-1]|[0-5]\\p{Nd}|\\p{Nd})";
const patterns: Record<DateFormat, RegExp> = {
  "%Y-%m-%d": new RegExp(`^${day}`, "u"),
  "%Y-%m-%d %H:%M:%S": new RegExp(`^${day}${blank}+${time}`, "u"),
};

/** `datetime.strptime(text, format)`, with CPython's errors. */
export function strptime(text: PyValue, format: DateFormat): DateTime {
  if (typeof text !== "string") {
    throw new PythonError("TypeError", `strptime() argument 1 must be str, not ${typeName(text)}`);
  }
  const match = patterns[format].exec(text);
  if (!match) {
    throw new PythonError("ValueError", `time data ${stringRepr(text)} does not match format '${format}'`);
  }
  if (match[0].length < text.length) {
    throw new PythonError("ValueError", `unconverted data remains: ${text.slice(match[0].length)}`);
  }
  const [year, month, dayOfMonth, hour = 0, minute = 0, second = 0] = match.slice(1).map(digitsValue);
  if (year === 0) throw new PythonError("ValueError", "year 0 is out of range");
  if (dayOfMonth! > daysOfMonth(year!, month!)) {
    throw new PythonError("ValueError", "day is out of range for month");
  }
  if (second > 59) throw new PythonError("ValueError", "second must be in 0..59");
  return { year: year!, month: month!, day: dayOfMonth!, hour, minute, second };
}

/**
 * `int(text)` of decimal digits of any script; each script's digits stand in a run of ten (or of fifty) from its zero. A
 * superscript or circled digit is none.
 */
export function digitsValue(text: string): number {
  let value = 0;
  for (const character of text.trim()) {
    const code = character.codePointAt(0)!;
    let zero = code;
    if (code < 0x80) zero = 0x30;
    else if (!/\p{Nd}/u.test(character))
      throw new PythonError("ValueError", `invalid literal for int() with base 10: ${stringRepr(text)}`);
    else while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    value = value * 10 + ((code - zero) % 10);
  }
  return value;
}

function daysOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Below 0, 0 or above 0 as `a` lies before, at or after `b`. */
export function compareDates(a: DateTime, b: DateTime): number {
  return (
    a.year - b.year ||
    a.month - b.month ||
    a.day - b.day ||
    a.hour - b.hour ||
    a.minute - b.minute ||
    a.second - b.second
  );
}

/** The moment as `%Y-%m-%d` or `%Y-%m-%d %H:%M:%S`. */
export function formatDate(date: DateTime, format: DateFormat): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const days = `${date.year}-${two(date.month)}-${two(date.day)}`;
  return format === "%Y-%m-%d" ? days : `${days} ${two(date.hour)}:${two(date.minute)}:${two(date.second)}`;
}

/** The moment so many seconds later, by the calendar alone. */
export function addSeconds(date: DateTime, seconds: number): DateTime {
  const moment = new Date(0);
  moment.setUTCFullYear(date.year, date.month - 1, date.day);
  moment.setUTCHours(date.hour, date.minute, date.second + seconds);
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
  };
}
