import { z } from "zod";
import { attempt } from "../../src/python/attempt.ts";
import { strptime } from "../../src/python/date.ts";
import { PythonError } from "../../src/python/error.ts";
import { float, inGivenOrder, integer } from "../../src/python/schema.ts";

export const Stock = inGivenOrder(
  z.strictObject({ price: float, percent_change: float, volume: float, "MA(5)": float, "MA(20)": float }),
);
export type Stock = z.output<typeof Stock>;

/** An order placed here, or one that a config brings along, which knows neither its number nor its side. */
export const Order = inGivenOrder(
  z.union([
    z.strictObject({
      id: integer,
      order_type: z.string(),
      symbol: z.string(),
      price: float,
      amount: integer,
      status: z.string(),
    }),
    z.strictObject({ symbol: z.string(), price: float, num_shares: integer, status: z.string() }),
  ]),
);
export type Order = z.output<typeof Order>;

export const Account = inGivenOrder(z.strictObject({ account_id: integer, balance: float, binding_card: integer }));
export type Account = z.output<typeof Account>;

const isReadableTime = (text: string) => !(attempt(() => strptime(text, "%Y-%m-%d %H:%M:%S")) instanceof PythonError);
const timestamp = z.string().refine(isReadableTime, { error: "expected a time as in 2024-10-27 14:10:53" });
/** Money paid in or out, or a trade that a config brings along. */
export const Transaction = inGivenOrder(
  z.union([
    z.strictObject({ type: z.enum(["deposit", "withdrawal"]), amount: float, timestamp }),
    z.strictObject({
      order_id: integer.optional(),
      symbol: z.string(),
      price: float,
      num_shares: integer,
      status: z.string(),
      timestamp,
    }),
  ]),
);
export type Transaction = z.output<typeof Transaction>;
