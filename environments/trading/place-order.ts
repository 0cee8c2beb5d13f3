import { z } from "zod";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { attempt } from "../../src/python/attempt.ts";
import { withEntry } from "../../src/python/entries.ts";
import { PythonError } from "../../src/python/error.ts";
import {
  add,
  compare,
  floatValue,
  formatFixed,
  intValue,
  multiply,
  toBigInt,
  toDouble,
} from "../../src/python/number.ts";
import { float, integer } from "../../src/python/schema.ts";
import { lower } from "../../src/python/string.ts";
import { moneySuffices } from "./account-tools.ts";
import { loggedIn } from "./login-tools.ts";
import { stockOf, symbolsOf } from "./market.ts";
import { indexOfOrder, orderPlaced } from "./orders.ts";
import type { Order } from "./records.ts";
import { tradingState } from "./state.ts";

const conditions = ["notLoggedIn", "unknownSymbol", "notPositive", "insufficientFunds"] as const;
/** Everything that stands against an order at once; the message tells only the first. */
const placement = z.strictObject({
  order_type: z.string(),
  symbol: z.string(),
  price: float,
  amount: integer,
  balance: float,
  /** Price times amount of a purchase; null for a sale, and where it is no number. */
  cost: float.nullable(),
  known: z.array(z.string()),
  unmet: z.array(z.enum(conditions)),
});

export const place_order = tradingState
  .write({
    description:
      "Place an order to buy or sell (`order_type`: 'Buy' or 'Sell') `amount` shares of a stock at `price` dollars each. The balance must cover a purchase, but is not charged.",
    args: z.object({ order_type: z.string(), symbol: z.string(), price: float, amount: integer }),
    result: z.strictObject({
      order_id: integer,
      order_type: z.string(),
      status: z.literal("Pending"),
      price: float,
      amount: integer,
    }),
    failures: {
      notLoggedIn: failure(placement, () => "User not authenticated. Please log in to place an order."),
      unknownSymbol: failure(placement, ({ symbol }) => `Invalid stock symbol: ${symbol}`),
      notPositive: failure(placement, () => "Price and amount must be positive values."),
      insufficientFunds: failure(
        placement,
        ({ cost, balance }) =>
          `Insufficient funds: required $${formatFixed(cost, 2)} but only $${formatFixed(balance, 2)} available.`,
      ),
    },
    candidates: {
      order_type: () => ["Buy", "Sell"],
      symbol: symbolsOf,
      price: (state) => state.stocks.map(([, { price }]) => price),
      amount: () => [1, 10, 100],
    },
    requires: [loggedIn, moneySuffices],
    provides: [orderPlaced],
  })
  .run(({ state, draft, args, fail }) => {
    const { order_type, symbol, price, amount } = args;
    const { balance } = state.account_info;
    const buys = lower(order_type) === "buy";
    const cost = attempt(() => (buys ? multiply(floatValue(toDouble(price)), intValue(toBigInt(amount))) : null));
    const knownCost = cost instanceof PythonError ? null : cost;
    const unmet = obstacles({
      notLoggedIn: !state.authenticated,
      unknownSymbol: !stockOf(state, symbol),
      notPositive: compare(price, 0) <= 0 || compare(amount, 0) <= 0,
      insufficientFunds: knownCost !== null && compare(knownCost, balance) > 0,
    });
    if (unmet[0])
      return fail[unmet[0]]({
        order_type,
        symbol,
        price,
        amount,
        balance,
        cost: knownCost,
        known: symbolsOf(state),
        unmet,
      });
    // Only now, for in Python too the conditions come first.
    if (cost instanceof PythonError) throw cost;

    const unitPrice = floatValue(toDouble(price));
    const id = state.order_counter;
    const order: Order = { id, order_type, symbol, price: unitPrice, amount, status: "Open" };
    const next = draft();
    // An order whose number is taken replaces the one that has it, in its place.
    next.orders = withEntry(state.orders, indexOfOrder(state, id), [id, order]);
    next.order_counter = add(id, 1);
    return { order_id: id, order_type, status: "Pending", price: unitPrice, amount };
  });
