import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { attempt } from "../../src/python/attempt.ts";
import { compareDates, type DateTime, strptime } from "../../src/python/date.ts";
import { PythonError } from "../../src/python/error.ts";
import { optional, pyValue } from "../../src/python/schema.ts";
import { loggedIn } from "./login-tools.ts";
import { joinedList } from "./long-list.ts";
import { Transaction } from "./records.ts";
import { type State, tradingState } from "./state.ts";

const badDate = failure(
  z.strictObject({
    argument: z.enum(["start_date", "end_date"]),
    value: z.string(),
    format: z.literal("YYYY-MM-DD"),
    reason: z.string(),
  }),
  ({ reason }) => reason,
  { wire: "raised" },
);
const dates = (state: State) => [
  "2024-09-01",
  ...state.transaction_history.map(({ timestamp }) => timestamp.slice(0, 10)),
];

export const get_transaction_history = tradingState
  .read({
    description:
      "List the transactions of the trading account from the start of one day up to the start of another, both as YYYY-MM-DD. Without a day, that end is open.",
    args: z.object({ start_date: optional(z.string()), end_date: optional(z.string()) }),
    result: z.strictObject({ transaction_history: z.array(z.union([Transaction, z.record(z.string(), pyValue)])) }),
    failures: {
      notLoggedIn: failure(
        z.strictObject({}),
        () => "User not authenticated. Please log in to view transaction history.",
        { wire: (_, message) => [{ error: message }] },
      ),
      unreadableDate: badDate,
      noSuchDay: badDate,
    },
    candidates: { start_date: dates, end_date: dates },
    requires: [loggedIn],
  })
  .run(({ state, args: { start_date, end_date }, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn({});
    const start = dayOf("start_date", start_date);
    if (start && "code" in start) return fail[start.code](start.facts);
    const end = dayOf("end_date", end_date);
    if (end && "code" in end) return fail[end.code](end.facts);
    const history = between(state.transaction_history, start, end);
    if (!state.extension) return { transaction_history: history };
    const more = state.extension.transactionHistory;
    // The frozen lists keep their texts; only a part of the history makes a new one.
    return { transaction_history: history.length === 0 ? more : joinedList(history, more) };
  });

/** The moment a day starts; undefined for no day, which "" is too. */
function dayOf(argument: "start_date" | "end_date", value: string | null) {
  if (!value) return undefined;
  const day = attempt(() => strptime(value, "%Y-%m-%d"));
  if (!(day instanceof PythonError)) return day;
  const code = /^(year 0|day) is out of range/.test(day.message) ? "noSuchDay" : "unreadableDate";
  return { code, facts: { argument, value, format: "YYYY-MM-DD", reason: day.message } } as const;
}

/** The transactions between two moments, both included; the history itself where that is all of it. */
function between(history: Transaction[], start: DateTime | undefined, end: DateTime | undefined): Transaction[] {
  if (!start && !end) return history;
  const kept = history.filter(({ timestamp }) => {
    const time = strptime(timestamp, "%Y-%m-%d %H:%M:%S");
    return (!start || compareDates(start, time) <= 0) && (!end || compareDates(time, end) <= 0);
  });
  return kept.length === history.length ? history : kept;
}
