import { z } from "zod";
import { withAppended } from "../../src/core/frozen-list.ts";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { addSeconds, formatDate } from "../../src/python/date.ts";
import { add, compare, subtract } from "../../src/python/number.ts";
import { randomInteger } from "../../src/python/random.ts";
import { float } from "../../src/python/schema.ts";
import type { PyNumber } from "../../src/python/value.ts";
import { loggedIn } from "./login-tools.ts";
import { Account, type Transaction } from "./records.ts";
import { type State, tradingState } from "./state.ts";

/** What paying in brings about; a withdrawal needs it, and a purchase. */
export const moneySuffices = "the balance suffices";
export const marketOpen = "the market is open";

const conditions = ["notLoggedIn", "marketClosed", "amountNotPositive", "insufficientFunds"] as const;
type Condition = (typeof conditions)[number];

/** Everything that stands against moving money at once; the message tells only the first. */
const movement = z.strictObject({
  amount: float,
  balance: float,
  marketStatus: z.string(),
  unmet: z.array(z.enum(conditions)),
});
const refused = (message: string) => failure(movement, () => message);
const moved = z.strictObject({ status: z.string(), new_balance: float });
const amounts = (state: State) => [state.account_info.balance, 100, 0.5, 0];

export const get_account_info = tradingState
  .read({
    description: "Show the number of the trading account, its balance in dollars and the card bound to it.",
    args: z.object({}),
    result: Account,
    failures: {
      notLoggedIn: failure(
        z.strictObject({}),
        () => "User not authenticated. Please log in to view account information.",
      ),
    },
    requires: [loggedIn],
  })
  .run(({ state, fail }) => (state.authenticated ? state.account_info : fail.notLoggedIn({})));

export const fund_account = tradingState
  .write({
    description: "Pay an amount of dollars into the trading account.",
    args: z.object({ amount: float }),
    result: moved,
    failures: {
      notLoggedIn: refused("User not authenticated. Please log in to fund the account."),
      amountNotPositive: refused("Funding amount must be positive."),
    },
    candidates: { amount: amounts },
    requires: [loggedIn],
    provides: [moneySuffices],
  })
  .run(({ state, draft, args: { amount }, fail }) => {
    const unmet = obstacles({ notLoggedIn: !state.authenticated, amountNotPositive: compare(amount, 0) <= 0 });
    if (unmet[0]) return fail[unmet[0]](facts(state, amount, unmet));
    const balance = add(state.account_info.balance, amount);
    move(draft(), state, "deposit", amount, balance);
    return { status: "Account funded successfully", new_balance: balance };
  });

export const withdraw_funds = tradingState
  .write({
    description:
      "Take an amount of dollars out of the trading account. The market must be open, and the balance must cover the amount.",
    args: z.object({ amount: float }),
    result: moved,
    failures: {
      notLoggedIn: refused("User not authenticated. Please log in to make a transaction."),
      marketClosed: refused("Market is closed. Transactions are not allowed."),
      amountNotPositive: refused("Transaction amount must be positive."),
      insufficientFunds: refused("Insufficient funds for withdrawal."),
    },
    candidates: { amount: amounts },
    requires: [loggedIn, marketOpen, moneySuffices],
  })
  .run(({ state, draft, args: { amount }, fail }) => {
    const { balance: before } = state.account_info;
    const unmet = obstacles({
      notLoggedIn: !state.authenticated,
      marketClosed: state.market_status !== "Open",
      amountNotPositive: compare(amount, 0) <= 0,
      insufficientFunds: compare(amount, before) > 0,
    });
    if (unmet[0]) return fail[unmet[0]](facts(state, amount, unmet));
    const balance = subtract(before, amount);
    move(draft(), state, "withdrawal", amount, balance);
    return { status: "Withdrawal successful", new_balance: balance };
  });

/** The lowest moment that a transaction can be dated; the next day's same moment is the latest. */
const opening = { year: 2024, month: 9, day: 1, hour: 10, minute: 30, second: 0 };
const secondsOfDay = 86400;

function move(next: State, state: State, type: "deposit" | "withdrawal", amount: PyNumber, balance: PyNumber): void {
  const { value: seconds, random } = randomInteger(state.random, 0, secondsOfDay);
  const transaction: Transaction = {
    type,
    amount,
    timestamp: formatDate(addSeconds(opening, seconds), "%Y-%m-%d %H:%M:%S"),
  };
  next.account_info = { ...state.account_info, balance };
  next.transaction_history = withAppended(state.transaction_history, transaction);
  next.random = random;
}

function facts(state: State, amount: PyNumber, unmet: Condition[]): z.output<typeof movement> {
  return { amount, balance: state.account_info.balance, marketStatus: state.market_status, unmet };
}
