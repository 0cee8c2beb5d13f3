import { z } from "zod";
import { withItem } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { integer } from "../../src/python/schema.ts";
import { repr, str } from "../../src/python/text.ts";
import { loggedIn } from "./login-tools.ts";
import { orderMetadata } from "./order-metadata.ts";
import { indexOfOrder, orderKeys, orderNumbers, orderOf, orderPlaced } from "./orders.ts";
import { type State, tradingState } from "./state.ts";

const orderKey = z.union([integer, z.string()]);
const unknownOrder = z.strictObject({ order_id: integer, known: z.array(orderKey) });

export const get_order_history = tradingState
  .read({
    description: "List the numbers of all orders, oldest first.",
    args: z.object({}),
    result: z.strictObject({ history: z.array(orderKey) }),
    failures: {
      notLoggedIn: failure(z.strictObject({}), () => "User not authenticated. Please log in to view order history.", {
        wire: (_, message) => [{ error: message }],
      }),
    },
    requires: [loggedIn],
  })
  .run(({ state, fail }) => (state.authenticated ? { history: orderKeys(state) } : fail.notLoggedIn({})));

export const get_order_details = tradingState
  .read({
    description: "Show an order by its number: symbol, price per share in dollars, number of shares and status.",
    args: z.object({ order_id: integer }),
    result: z.record(z.string(), z.union([integer, z.string(), z.record(z.string(), z.string())])),
    failures: {
      notFound: failure(
        unknownOrder,
        ({ order_id, known }) =>
          `Order with ID ${str(order_id)} not found.Here is the list of orders_id: ${repr(known)}`,
      ),
    },
    candidates: { order_id: orderNumbers },
    requires: [orderPlaced],
  })
  .run(({ state, args: { order_id }, fail }) => {
    const order = orderOf(state, order_id);
    if (!order) return fail.notFound({ order_id, known: orderKeys(state) });
    if (!state.extension) return order;
    return { ...order, metadata: orderMetadata(state.extension.orderDetail, order.symbol) };
  });

export const cancellable = (state: State) =>
  state.orders.flatMap(([key, order]) =>
    typeof order === "string" || order.status === "Completed" || order.status === "Cancelled" ? [] : [key],
  );

export const cancel_order = tradingState
  .write({
    description: "Cancel an order by its number. A completed order cannot be cancelled.",
    args: z.object({ order_id: integer }),
    result: z.strictObject({ order_id: integer, status: z.literal("Cancelled") }),
    failures: {
      notFound: failure(unknownOrder, ({ order_id }) => `Order with ID ${str(order_id)} not found.`),
      alreadyCompleted: failure(
        z.strictObject({ order_id: integer, cancellable: z.array(orderKey) }),
        ({ order_id }) => `Can't cancel order ${str(order_id)}. Order is already completed.`,
      ),
    },
    candidates: { order_id: orderNumbers },
    requires: [orderPlaced],
  })
  .run(({ state, draft, args: { order_id }, fail }) => {
    const order = orderOf(state, order_id);
    if (!order) return fail.notFound({ order_id, known: orderKeys(state) });
    if (order.status === "Completed") return fail.alreadyCompleted({ order_id, cancellable: cancellable(state) });
    if (order.status !== "Cancelled") {
      const index = indexOfOrder(state, order_id);
      draft().orders = withItem(state.orders, index, [state.orders[index]![0], { ...order, status: "Cancelled" }]);
    }
    return { order_id, status: "Cancelled" };
  });
