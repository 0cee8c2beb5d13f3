import { z } from "zod";
import { failure } from "../../src/index.ts";
import { customerVerified, isVerified, notVerified, orderIds, unknownOrder } from "./failures.ts";
import { isLate } from "./order-state.ts";
import { mostGoodwill } from "./policy.ts";
import { cents, day } from "./schemas.ts";
import { shopState } from "./state.ts";

export const give_goodwill = shopState
  .write({
    description: "Give store credit, in cents, for an order that came late; once an order.",
    args: z.object({ order_id: z.string(), amount_cents: z.int().min(1) }),
    result: z.strictObject({ order_id: z.string(), goodwill_cents: cents, store_credit_cents: cents }),
    failures: {
      ...{ unknownOrder, notVerified },
      notLate: failure(
        z.strictObject({ order_id: z.string(), promised_on: day }),
        ({ order_id, promised_on }) => `Order '${order_id}' was promised for ${promised_on} and is not late.`,
      ),
      alreadyGiven: failure(
        z.strictObject({ order_id: z.string(), goodwill_cents: cents }),
        ({ order_id, goodwill_cents }) => `For order '${order_id}', ${goodwill_cents} cents were given already.`,
      ),
      overLimit: failure(
        z.strictObject({ amount_cents: z.int(), most_cents: cents }),
        ({ amount_cents, most_cents }) => `${amount_cents} cents are more than the ${most_cents} that can be given.`,
      ),
    },
    candidates: { order_id: orderIds, amount_cents: () => [500, mostGoodwill, 2 * mostGoodwill] },
    requires: [customerVerified],
    ensures: {
      "the store credit that it tells is the customer's now": ({ after, args: { order_id }, value }) =>
        after.customers[after.orders[order_id]!.customer_id]!.store_credit_cents === value.store_credit_cents,
    },
  })
  .run(({ state, draft, args: { order_id, amount_cents }, fail }) => {
    const order = Object.hasOwn(state.orders, order_id) ? state.orders[order_id] : undefined;
    if (!order) return fail.unknownOrder({ order_id });
    if (!isVerified(state, order_id)) return fail.notVerified({ order_id });
    if (!isLate(state, order)) return fail.notLate({ order_id, promised_on: order.promised_on });
    if (order.goodwill_cents > 0) return fail.alreadyGiven({ order_id, goodwill_cents: order.goodwill_cents });
    if (amount_cents > mostGoodwill) return fail.overLimit({ amount_cents, most_cents: mostGoodwill });
    const next = draft();
    next.orders[order_id]!.goodwill_cents = amount_cents;
    const customer = next.customers[order.customer_id]!;
    customer.store_credit_cents += amount_cents;
    return { order_id, goodwill_cents: amount_cents, store_credit_cents: customer.store_credit_cents };
  });
