import { z } from "zod";
import { failure } from "../../src/index.ts";
import {
  customerVerified,
  isVerified,
  lineIds,
  notDelivered,
  notVerified,
  orderIds,
  returnIds,
  returnOpened,
  returnReceived,
  unknownLine,
  unknownOrder,
  unknownReturn,
} from "./failures.ts";
import { lineState, returnIdOf } from "./order-state.ts";
import { refundTargets, returnTerms } from "./return-terms.ts";
import { categories, cents, conditions, day, reasons } from "./schemas.ts";
import { shopState } from "./state.ts";

export const check_return = shopState
  .read({
    description: "Say what the policy allows for a delivered order line and a reason, without starting anything.",
    args: z.object({ order_id: z.string(), line_id: z.string(), reason: z.enum(reasons) }),
    result: z.strictObject({
      ...{ returnable: z.boolean(), final_sale: z.boolean(), today: day, last_day: day, days_left: z.int() },
      ...{ fee_percent_if_opened: z.int(), refund_can_go_to: z.array(z.string()) },
    }),
    failures: { unknownOrder, unknownLine, notDelivered },
    candidates: { order_id: orderIds, line_id: lineIds },
  })
  .run(({ state, args: { order_id, line_id, reason }, fail }) => {
    const order = Object.hasOwn(state.orders, order_id) ? state.orders[order_id] : undefined;
    if (!order) return fail.unknownOrder({ order_id });
    if (!Object.hasOwn(order.lines, line_id))
      return fail.unknownLine({ order_id, line_id, lines: Object.keys(order.lines) });
    const line_state = lineState(state, order_id, line_id);
    if (line_state !== "delivered") return fail.notDelivered({ order_id, line_id, line_state });
    const { lastDay, daysLeft, finalSale, openedFee } = returnTerms(state, order, line_id, reason);
    return {
      ...{ returnable: daysLeft >= 0 && !finalSale, final_sale: finalSale, today: state.today },
      ...{ last_day: lastDay, days_left: daysLeft, fee_percent_if_opened: openedFee },
      refund_can_go_to: refundTargets(state, order.lines[line_id]!),
    };
  });

export const start_return = shopState
  .write({
    description:
      "Open a return of a delivered order line and issue its label. A line can be returned once, all or part of its quantity.",
    args: z.object({ order_id: z.string(), line_id: z.string(), quantity: z.int().min(1), reason: z.enum(reasons) }),
    result: z.strictObject({ return_id: z.string(), status: z.literal("label_issued"), value_cents: cents }),
    failures: {
      ...{ unknownOrder, unknownLine, notVerified, notDelivered },
      finalSale: failure(
        z.strictObject({ order_id: z.string(), line_id: z.string(), sku: z.string() }),
        ({ line_id, sku }) =>
          `Line '${line_id}' is '${sku}', a final-sale item, which cannot come back because it is unwanted.`,
      ),
      windowClosed: failure(
        z.strictObject({
          order_id: z.string(),
          line_id: z.string(),
          category: z.enum(categories),
          last_day: day,
          today: day,
        }),
        ({ line_id, last_day, today }) =>
          `The last day to return line '${line_id}' for that reason was ${last_day}; today is ${today}.`,
      ),
      tooMany: failure(
        z.strictObject({ line_id: z.string(), quantity: z.int(), ordered: z.int() }),
        ({ line_id, quantity, ordered }) => `Line '${line_id}' holds ${ordered}, so ${quantity} cannot come back.`,
      ),
    },
    candidates: { order_id: orderIds, line_id: lineIds, quantity: () => [1, 2] },
    requires: [customerVerified],
    provides: [returnOpened],
  })
  .run(({ state, draft, args: { order_id, line_id, quantity, reason }, fail }) => {
    const order = Object.hasOwn(state.orders, order_id) ? state.orders[order_id] : undefined;
    if (!order) return fail.unknownOrder({ order_id });
    if (!Object.hasOwn(order.lines, line_id))
      return fail.unknownLine({ order_id, line_id, lines: Object.keys(order.lines) });
    if (!isVerified(state, order_id)) return fail.notVerified({ order_id });
    const line_state = lineState(state, order_id, line_id);
    if (line_state !== "delivered") return fail.notDelivered({ order_id, line_id, line_state });
    const line = order.lines[line_id]!;
    const { finalSale, daysLeft, lastDay, category } = returnTerms(state, order, line_id, reason);
    if (finalSale) return fail.finalSale({ order_id, line_id, sku: line.sku });
    if (daysLeft < 0) return fail.windowClosed({ order_id, line_id, category, last_day: lastDay, today: state.today });
    if (quantity > line.quantity) return fail.tooMany({ line_id, quantity, ordered: line.quantity });
    const return_id = returnIdOf(order_id, line_id);
    draft().returns[return_id] = {
      ...{ order_id, line_id, quantity, reason, status: "label_issued", condition: null, approved: false },
      ...{ refund_cents: 0, fee_cents: 0, refunded_to: null, replacement_sku: null },
    };
    return { return_id, status: "label_issued", value_cents: quantity * line.unit_cents };
  });

export const receive_return = shopState
  .write({
    description:
      "Note that the parcel of a return is here, and in which condition. Sealed goods go back into stock, unless they are faulty.",
    args: z.object({ return_id: z.string(), condition: z.enum(conditions) }),
    result: z.strictObject({
      return_id: z.string(),
      status: z.literal("received"),
      condition: z.enum(conditions),
      restocked: z.int(),
    }),
    failures: {
      unknownReturn,
      alreadyReceived: failure(
        z.strictObject({ return_id: z.string(), condition: z.enum(conditions) }),
        ({ return_id, condition }) => `The parcel of return '${return_id}' was received already, ${condition}.`,
      ),
    },
    candidates: { return_id: returnIds },
    requires: [returnOpened],
    provides: [returnReceived],
    ensures: {
      "as many pieces as it tells are in stock again": ({ before, after, args: { return_id }, value }) => {
        const { order_id, line_id } = before.returns[return_id]!;
        const { sku } = before.orders[order_id]!.lines[line_id]!;
        return after.products[sku]!.stock - before.products[sku]!.stock === value.restocked;
      },
    },
  })
  .run(({ state, draft, args: { return_id, condition }, fail }) => {
    const back = Object.hasOwn(state.returns, return_id) ? state.returns[return_id] : undefined;
    if (!back) return fail.unknownReturn({ return_id });
    if (back.condition !== null) return fail.alreadyReceived({ return_id, condition: back.condition });
    const restocked = condition === "sealed" && back.reason !== "faulty" ? back.quantity : 0;
    const next = draft();
    next.returns[return_id]!.status = "received";
    next.returns[return_id]!.condition = condition;
    next.products[state.orders[back.order_id]!.lines[back.line_id]!.sku]!.stock += restocked;
    return { return_id, status: "received", condition, restocked };
  });
