import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { isDate } from "../fares.ts";
import { named, oneOf } from "./phrases.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A day that is not written as tools read it, with the days that may be meant. */
export function dateObstacle(argument: string, given: string): Unmet {
  const values = daysMeant(given);
  const wellFormed = /^\d{4}-\d{1,2}-\d{1,2}$/.test(given);
  return {
    condition: `'${argument}' is a day as YYYY-MM-DD`,
    now: wellFormed ? `there is no day ${named(given)}` : `${named(given)} is none`,
    way: values.length > 0 ? `For '${argument}', write ${oneOf(values)}.` : `Write '${argument}' as in '2026-01-31'.`,
    argument,
    values,
  };
}

/** The days that a text may stand for, at most two: `05/04/2026` is in April or in May. */
export function daysMeant(text: string): string[] {
  const parts = text.slice(0, 60).match(/\p{L}+|[0-9]+/gu) ?? [];
  const month = parts.map((part) => months.indexOf(part.slice(0, 3).toLowerCase()) + 1).find((found) => found > 0);
  const numbers = parts
    .filter((part) => /^\d+$/.test(part))
    .flatMap((part) => (/^\d{8}$/.test(part) ? [part.slice(0, 4), part.slice(4, 6), part.slice(6)] : [part]));
  const year = numbers.find((part) => part.length === 4);
  const others = numbers.filter((part) => part.length < 3).map(Number);
  if (year === undefined) return [];
  const [a, b] = month === undefined ? others : [month, others[0]];
  if (a === undefined || b === undefined) return [];
  const orders =
    month !== undefined || numbers[0] === year
      ? [[a, b]]
      : [
          [a, b],
          [b, a],
        ];
  const days = orders.map(([m, d]) => `${year}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`);
  return [...new Set(days)].filter((day) => day !== text && isDate(day));
}
