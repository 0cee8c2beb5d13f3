import { z } from "zod";
import { failure } from "../../src/index.ts";
import { customerVerified, isVerified, lineIds, notVerified, orderIds, unknownLine, unknownOrder } from "./failures.ts";
import { payBack } from "./money.ts";
import { lineState } from "./order-state.ts";
import { cents, type State } from "./schemas.ts";
import { shopState } from "./state.ts";

export const cancel_whole_order = shopState
  .write({
    description: "Cancel a whole order of which nothing has left yet; the money goes back to the methods that paid.",
    args: z.object({ order_id: z.string() }),
    result: z.strictObject({ order_id: z.string(), cancelled_lines: z.array(z.string()), refund_cents: cents }),
    failures: {
      ...{ unknownOrder, notVerified },
      alreadyShipped: failure(
        z.strictObject({ order_id: z.string(), shipped: z.array(z.string()), waiting: z.array(z.string()) }),
        ({ order_id, shipped }) =>
          `Order '${order_id}' cannot be cancelled as a whole: of its lines, ${shipped.join(", ")} left already.`,
      ),
      alreadyCancelled: failure(
        z.strictObject({ order_id: z.string() }),
        ({ order_id }) => `All of order '${order_id}' has been cancelled already.`,
      ),
    },
    candidates: { order_id: orderIds },
    requires: [customerVerified],
  })
  .run(({ state, draft, args: { order_id }, fail }) => {
    const order = Object.hasOwn(state.orders, order_id) ? state.orders[order_id] : undefined;
    if (!order) return fail.unknownOrder({ order_id });
    if (!isVerified(state, order_id)) return fail.notVerified({ order_id });
    const shipped = Object.keys(order.lines).filter((line) => order.lines[line]!.shipment !== null);
    const waiting = linesIn(state, order_id, "not shipped");
    if (shipped.length > 0) return fail.alreadyShipped({ order_id, shipped, waiting });
    if (waiting.length === 0) return fail.alreadyCancelled({ order_id });
    const next = draft();
    const refund_cents = waiting.reduce((sum, line) => sum + cancelLine(next, order_id, line), 0);
    return { order_id, cancelled_lines: waiting, refund_cents };
  });

export const cancel_line = shopState
  .write({
    description:
      "Cancel one line of an order that has not left yet; the money goes back to the method that paid for it.",
    args: z.object({ order_id: z.string(), line_id: z.string() }),
    result: z.strictObject({ order_id: z.string(), line_id: z.string(), refund_cents: cents, refunded_to: z.string() }),
    failures: {
      ...{ unknownOrder, unknownLine, notVerified },
      lineShipped: failure(
        z.strictObject({ order_id: z.string(), line_id: z.string(), line_state: z.string() }),
        ({ order_id, line_id, line_state }) =>
          `Line '${line_id}' of order '${order_id}' has left the warehouse: it is ${line_state}.`,
      ),
      lineCancelled: failure(
        z.strictObject({ order_id: z.string(), line_id: z.string() }),
        ({ order_id, line_id }) => `Line '${line_id}' of order '${order_id}' has been cancelled already.`,
      ),
    },
    candidates: { order_id: orderIds, line_id: lineIds },
    requires: [customerVerified],
  })
  .run(({ state, draft, args: { order_id, line_id }, fail }) => {
    const order = Object.hasOwn(state.orders, order_id) ? state.orders[order_id] : undefined;
    if (!order) return fail.unknownOrder({ order_id });
    if (!Object.hasOwn(order.lines, line_id))
      return fail.unknownLine({ order_id, line_id, lines: Object.keys(order.lines) });
    if (!isVerified(state, order_id)) return fail.notVerified({ order_id });
    const line_state = lineState(state, order_id, line_id);
    if (line_state === "cancelled") return fail.lineCancelled({ order_id, line_id });
    if (line_state !== "not shipped") return fail.lineShipped({ order_id, line_id, line_state });
    const refund_cents = cancelLine(draft(), order_id, line_id);
    return { order_id, line_id, refund_cents, refunded_to: order.lines[line_id]!.paid_with };
  });

export const linesIn = (state: State, orderId: string, wanted: string): string[] =>
  Object.keys(state.orders[orderId]!.lines).filter((line) => lineState(state, orderId, line) === wanted);

/** What a cancelled line gives back; its goods can be sold to others. */
function cancelLine(next: State, orderId: string, lineId: string): number {
  const line = next.orders[orderId]!.lines[lineId]!;
  const amount = line.quantity * line.unit_cents;
  line.cancelled = true;
  next.products[line.sku]!.stock += line.quantity;
  payBack(next, orderId, amount, line.paid_with);
  return amount;
}
