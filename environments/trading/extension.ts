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

const issuesKnown = new WeakMap<object, readonly z.core.$ZodIssue[]>();
function issuesOf(extension: object): readonly z.core.$ZodIssue[] {
  let issues = issuesKnown.get(extension);
  if (!issues) {
    issues = TradingExtension.safeParse(extension).error?.issues ?? [];
    issuesKnown.set(extension, issues);
  }
  return issues;
}

/** One extension is shared by every state of a dataset, so its thousands of items are checked once and never copied. */
export const sharedExtension = z
  .custom<TradingExtension>((value) => typeof value === "object" && value !== null, { abort: true })
  .superRefine((extension, context) => {
    for (const issue of issuesOf(extension)) context.addIssue({ ...issue } as never);
  });
