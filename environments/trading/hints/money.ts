import type { Advice } from "../../../src/feedback/advice.ts";
import { adviceOnUnmet, type Unmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { shortly } from "../../../src/feedback/words.ts";
import { attempt } from "../../../src/python/attempt.ts";
import { PythonError } from "../../../src/python/error.ts";
import { absolute, add, compare, toDouble } from "../../../src/python/number.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { marketOpen, moneySuffices } from "../account-tools.ts";
import type { State } from "../state.ts";
import { loginUnmet } from "./login.ts";
import { symbolUnmet } from "./symbols.ts";

const text = (value: PyNumber) => shortly(str(value));

/** What has to be paid in for a balance to cover an amount, in whole cents; undefined where it is beyond counting. */
function lacking(amount: PyNumber, balance: PyNumber): number | undefined {
  const cents = attempt(() => Math.round((toDouble(amount) - toDouble(balance)) * 100));
  if (cents instanceof PythonError || !Number.isSafeInteger(cents)) return undefined;
  // Binary fractions can leave the sum a hair short of the amount.
  return [cents / 100, (cents + 1) / 100].find((sum) => compare(add(balance, sum), amount) >= 0);
}

function notCovered(amount: PyNumber, balance: PyNumber, less: Pick<Unmet, "way" | "argument" | "values">): Unmet {
  const sum = lacking(amount, balance);
  const missing = sum === undefined ? "far too little" : `${sum} too little`;
  return {
    condition: moneySuffices,
    now: `${text(amount)} is needed and ${text(balance)} is there, ${missing}`,
    ...less,
    way: `${sum === undefined ? "" : `Pay in at least ${sum} first, if the user agrees.`} ${less.way}`.trim(),
    ...(sum === undefined ? {} : { call: `'fund_account' with ${sum} or more`, tools: ["fund_account"] }),
  };
}

/** A number that has to be above zero. */
function positive(argument: string, value: PyNumber, meaning: string, alone: boolean): Unmet {
  const below = compare(value, 0) < 0;
  const without = absolute(value);
  return {
    condition: `'${argument}' is above zero`,
    now: `it is ${text(value)}`,
    way: below
      ? `Give '${argument}' without the sign, ${meaning}: ${text(without)}.`
      : `Give '${argument}' as a number above zero, ${meaning}.`,
    ...(alone ? { argument, ...(below && text(without) === str(without) ? { values: [without] } : {}) } : {}),
  };
}

interface Movement {
  readonly data: {
    readonly amount: PyNumber;
    readonly balance: PyNumber;
    readonly marketStatus: string;
    readonly unmet: readonly string[];
  };
}

/** Every refusal to move money: the login, the market, the amount, the balance. */
export const movement =
  (meaning: string) =>
  ({ state, history, error: { data } }: HintContext<State, unknown, Movement>): Advice => {
    const { amount, balance, unmet } = data;
    const all = loginUnmet(state, history);
    if (unmet.includes("marketClosed"))
      all.push({
        condition: marketOpen,
        now: `its status is '${shortly(data.marketStatus)}'`,
        way: "Nothing that can be done here opens it: say so to the user.",
      });
    if (unmet.includes("amountNotPositive")) all.push(positive("amount", amount, meaning, true));
    if (unmet.includes("insufficientFunds")) {
      const some = compare(balance, 0) > 0;
      const less = { way: `At most, 'amount' can be ${text(balance)}.`, argument: "amount", values: [balance] };
      all.push(notCovered(amount, balance, some ? less : { way: "There is nothing to take out." }));
    }
    return adviceOnUnmet(all);
  };

interface Placement {
  readonly data: {
    readonly symbol: string;
    readonly price: PyNumber;
    readonly amount: PyNumber;
    readonly balance: PyNumber;
    readonly cost: PyNumber | null;
    readonly unmet: readonly string[];
  };
}

/** Every refusal of an order: the login, the symbol, price and amount, the balance. */
export function placement({ state, history, error: { data } }: HintContext<State, unknown, Placement>): Advice {
  const { symbol, price, amount, balance, cost, unmet } = data;
  const all = loginUnmet(state, history);
  if (unmet.includes("unknownSymbol")) all.push(symbolUnmet(state, "symbol", symbol));
  const [badPrice, badAmount] = [compare(price, 0) <= 0, compare(amount, 0) <= 0];
  if (badPrice)
    all.push({
      ...positive("price", price, "in dollars for one share", !badAmount),
      call: "'get_stock_info' for the price of today",
      tools: ["get_stock_info"],
    });
  if (badAmount)
    all.push(positive("amount", amount, "in shares; 'order_type' tells a sale from a purchase", !badPrice));
  // What a negative number of shares would cost says nothing.
  if (unmet.includes("insufficientFunds") && cost !== null && !badPrice && !badAmount)
    all.push(notCovered(cost, balance, fewer(price, balance)));
  return adviceOnUnmet(all);
}

/** How many shares the balance covers at a price. */
function fewer(price: PyNumber, balance: PyNumber): Pick<Unmet, "way" | "argument" | "values"> {
  const doubles = attempt(() => [toDouble(price), toDouble(balance)] as const);
  if (doubles instanceof PythonError) return { way: "" };
  const [each, all] = doubles;
  const near = Math.floor(all / each);
  // The quotient is rounded, so it can be off by one.
  const most = [near + 1, near, near - 1].find((shares) => shares * each <= all) ?? 0;
  if (!(most >= 1)) return { way: "At this price it does not cover one share." };
  if (!Number.isSafeInteger(most)) return { way: "" };
  return { way: `At this price the balance covers an 'amount' of ${most}.`, argument: "amount", values: [most] };
}
