import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { strptime } from "../../src/python/date.ts";
import { dictOf, entriesOf } from "../../src/python/dict.ts";
import { PythonError } from "../../src/python/error.ts";
import { isInt } from "../../src/python/kind.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { intValue } from "../../src/python/number.ts";
import { randomOf } from "../../src/python/random.ts";
import { dictionary, float, integer } from "../../src/python/schema.ts";
import {
  defaultAccount,
  defaultOrderCounter,
  defaultOrders,
  defaultSeed,
  defaultStocks,
  defaultWatchList,
} from "./defaults.ts";
import { sharedExtension, type TradingExtension } from "./extension.ts";

/** An object of these fields whose keys stay in the order they are given in, because results show it. */
function fields<T extends z.ZodRawShape>(shape: T): z.ZodType<z.output<z.ZodObject<T>>, z.input<z.ZodObject<T>>> {
  const strict = z.strictObject(shape);
  const given = z.looseObject({}).superRefine((value, context) => {
    for (const issue of strict.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue } as never);
  });
  return given as never;
}

export const Stock = fields({ price: float, percent_change: float, volume: float, "MA(5)": float, "MA(20)": float });
export type Stock = z.output<typeof Stock>;

/** An order placed here, or one that a config brings along, which knows neither its number nor its side. */
export const Order = z.union([
  fields({
    id: integer,
    order_type: z.string(),
    symbol: z.string(),
    price: float,
    amount: integer,
    status: z.string(),
  }),
  fields({ symbol: z.string(), price: float, num_shares: integer, status: z.string() }),
]);
export type Order = z.output<typeof Order>;

export const Account = fields({ account_id: integer, balance: float, binding_card: integer });
export type Account = z.output<typeof Account>;

const timestamp = z.string().refine(isReadableTime, { error: "expected a time as in 2024-10-27 14:10:53" });
/** Money paid in or out, or a trade that a config brings along. */
export const Transaction = z.union([
  fields({ type: z.enum(["deposit", "withdrawal"]), amount: float, timestamp }),
  fields({
    order_id: integer.optional(),
    symbol: z.string(),
    price: float,
    num_shares: integer,
    status: z.string(),
    timestamp,
  }),
]);
export type Transaction = z.output<typeof Transaction>;

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

function isReadableTime(text: string): boolean {
  try {
    strptime(text, "%Y-%m-%d %H:%M:%S");
    return true;
  } catch (error) {
    if (error instanceof PythonError) return false;
    throw error;
  }
}
