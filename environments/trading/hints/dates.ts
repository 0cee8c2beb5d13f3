import type { Advice } from "../../../src/feedback/advice.ts";
import { adviceOnUnmet, type Unmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import { attempt } from "../../../src/python/attempt.ts";
import { strptime } from "../../../src/python/date.ts";
import { PythonError } from "../../../src/python/error.ts";
import type { State } from "../state.ts";
import { loginUnmet } from "./login.ts";

interface Dates {
  readonly start_date: string | null;
  readonly end_date: string | null;
}

/** All that keeps the transactions from being shown: the login, and dates that are none. */
export function transactionsNotShown({ state, args, history }: HintContext<State, Dates>): Advice {
  const count = state.transaction_history.length;
  return adviceOnUnmet([
    ...loginUnmet(state, history),
    ...(["start_date", "end_date"] as const).flatMap((argument) => dateUnmet(argument, args[argument], count)),
  ]);
}

const isDay = (text: string) => !(attempt(() => strptime(text, "%Y-%m-%d")) instanceof PythonError);

function dateUnmet(argument: string, value: string | null, transactions: number): Unmet[] {
  if (!value || isDay(value)) return [];
  const values = daysMeant(value);
  const open = `leave '${argument}' out, which leaves that end open`;
  return [
    {
      condition: `'${argument}' is a day of the calendar, written YYYY-MM-DD`,
      now: `'${shortly(value)}' is not`,
      way:
        values.length > 0
          ? `For '${argument}', try ${quoted(values)}; or ${open}.`
          : `Give a day such as 2024-10-27, or ${open}${transactions === 0 ? "; no transaction has been made so far" : ""}.`,
      argument,
      ...(values.length > 0 ? { values } : {}),
    },
  ];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The days that a text can mean which is written in another way, or which goes past the end of a month. */
function daysMeant(text: string): string[] {
  const head = text.slice(0, 60);
  const yearFirst = /(?<!\d)(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)/.exec(head);
  const yearLast = /(?<!\d)(\d{1,2})\D(\d{1,2})\D(\d{4})(?!\d)/.exec(head);
  const named = /([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/i.exec(head);
  const dayNamed = /(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?\s+(\d{4})/i.exec(head);
  const found: [year: string, month: number, day: number][] = [];
  const add = (year: string, month: number, day: number) => found.push([year, month, day]);
  if (yearFirst) {
    const [, year, second, third] = yearFirst;
    add(year!, Number(second), Number(third));
    if (Number(second) > 12) add(year!, Number(third), Number(second));
  }
  if (yearLast) {
    const [, first, second, year] = yearLast;
    add(year!, Number(first), Number(second));
    add(year!, Number(second), Number(first));
  }
  for (const [name, day, year] of [
    [named?.[1], named?.[2], named?.[3]],
    [dayNamed?.[2], dayNamed?.[1], dayNamed?.[3]],
  ]) {
    const month = months.indexOf(name?.slice(0, 3).toLowerCase() ?? "") + 1;
    if (month > 0) add(year!, month, Number(day));
  }
  return [...new Set(found.flatMap(([year, month, day]) => written(year, month, day)))].filter((day) => day !== text);
}

function written(year: string, month: number, day: number): string[] {
  if (month < 1 || month > 12 || day < 1 || day > 31) return [];
  const two = (value: number) => String(value).padStart(2, "0");
  // Past the end of a month, its last day is the nearest.
  const tried = [day, 30, 29, 28].filter((one) => one <= day).map((one) => `${year}-${two(month)}-${two(one)}`);
  return tried.filter(isDay).slice(0, 1);
}
