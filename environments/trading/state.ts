import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { dictOf, entriesOf } from "../../src/python/dict.ts";
import { isInt } from "../../src/python/kind.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { intValue } from "../../src/python/number.ts";
import { randomOf } from "../../src/python/random.ts";
import { dictionary, integer } from "../../src/python/schema.ts";
import {
  defaultAccount,
  defaultOrderCounter,
  defaultOrders,
  defaultSeed,
  defaultStocks,
  defaultWatchList,
} from "./defaults.ts";
import { sharedExtension, type TradingExtension } from "./extension.ts";
import { Account, Order, Stock, Transaction } from "./records.ts";

/** By number; some configs have a stray text ("order_type": "Buy") among the orders, which only their list shows. */
const OrderEntry = z.tuple([z.union([integer, z.string()]), z.union([Order, z.string()])]);
export type OrderEntry = z.output<typeof OrderEntry>;

const State = z.strictObject({
  orders: z.array(OrderEntry),
  account_info: Account,
  authenticated: z.boolean(),
  market_status: z.string(),
  order_counter: integer,
  stocks: z.array(z.tuple([z.string(), Stock])),
  watch_list: z.array(z.string()),
  transaction_history: z.array(Transaction),
  extension: sharedExtension.nullable(),
  random: z.strictObject({ seed: integer, draws: z.int() }),
});
export type State = z.output<typeof State>;

const isOrderNumber = (key: string) => /^\d+$/.test(key);
const Orders = dictionary(z.union([Order, z.string()])).refine(
  (orders) => orders.every(([key, order]) => typeof order === "object" || !isOrderNumber(key)),
  { error: "an order is expected under a number" },
);
const Config = z.strictObject({
  orders: Orders.optional(),
  account_info: Account.optional(),
  authenticated: z.boolean().optional(),
  market_status: z.string().optional(),
  order_counter: integer.optional(),
  stocks: dictionary(Stock).optional(),
  watch_list: z.array(z.string()).optional(),
  transaction_history: z.array(Transaction).optional(),
  random_seed: integer.refine(isInt, { error: "expected an int" }).optional(),
});

export const tradingState = defineState<typeof State, typeof Config, { readonly trading: TradingExtension }>({
  name: "TradingBot",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init((config, extension) => ({
  orders: config.orders ? numbered(config.orders) : defaultOrders,
  account_info: config.account_info ?? defaultAccount,
  authenticated: config.authenticated ?? false,
  market_status: config.market_status ?? "Closed",
  order_counter: config.order_counter ?? defaultOrderCounter,
  stocks: config.stocks ?? defaultStocks,
  watch_list: config.watch_list ?? defaultWatchList,
  transaction_history: config.transaction_history ?? [],
  extension: extension?.trading ?? null,
  random: randomOf(config.random_seed ?? defaultSeed),
}));

/** The keys of a JSON object are texts; those that spell a number become it, and "7" and "007" become one. */
function numbered(orders: readonly [string, Order | string][]): OrderEntry[] {
  const dict = dictOf(orders.map(([key, order]) => [isOrderNumber(key) ? intValue(BigInt(key)) : key, order]));
  return [...entriesOf(dict as never)] as OrderEntry[];
}
