import { z } from "zod";
import { float, pyValue } from "../../src/python/schema.ts";

const text = z.string().refine((template) => !/[{}]/.test(template.replace(/\{\{|\}\}|\{symbol\}/g, "")), {
  error: "the only placeholder is {symbol}; a brace of its own is written twice",
});

/** What long-context mode puts behind lists, in place of moving averages, and into the details of an order. */
const TradingExtension = z.strictObject({
  watchList: z.array(pyValue),
  transactionHistory: z.array(z.record(z.string(), pyValue)),
  movingAverage5: z.array(float),
  movingAverage20: z.array(float),
  technology: z.array(z.string()),
  automobile: z.array(z.string()),
  /** Texts about the company of an order, with `{symbol}` where its symbol goes; `{{` and `}}` are braces. */
  orderDetail: z.record(z.string(), text),
});
export type TradingExtension = z.output<typeof TradingExtension>;

const checked = new WeakSet<object>();

/** One extension is shared by every state of a dataset, so its thousands of items are checked once and never copied. */
export const sharedExtension = z.custom<TradingExtension>().superRefine((extension, context) => {
  if (typeof extension === "object" && extension !== null && checked.has(extension)) return;
  const { success, error } = TradingExtension.safeParse(extension);
  if (success) checked.add(extension);
  else for (const issue of error.issues) context.addIssue({ ...issue } as never);
});
