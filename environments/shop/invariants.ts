import { returnIdOf } from "./order-state.ts";
import { storeCredit } from "./return-terms.ts";
import type { Order, Return, State } from "./schemas.ts";

const orders = ({ orders }: State) => Object.entries(orders);
const returnsOf = ({ returns }: State, orderId: string): Return[] =>
  Object.values(returns).filter(({ order_id }) => order_id === orderId);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
/** What cancelled lines and settled returns of an order say that went back, or only what went to one place. */
function givenBack(state: State, id: string, order: Order, to?: string): number {
  const cancelled = Object.values(order.lines).filter(
    ({ cancelled, paid_with }) => cancelled && (to === undefined || paid_with === to),
  );
  const settled = returnsOf(state, id).filter(
    ({ refunded_to }) => refunded_to !== null && (to === undefined || refunded_to === to),
  );
  return sum([
    ...cancelled.map((line) => line.quantity * line.unit_cents),
    ...settled.map(({ refund_cents }) => refund_cents),
  ]);
}

/** What holds in every reachable state of the shop. */
export const invariants: Readonly<Record<string, (state: State) => boolean>> = {
  "what was paid for an order is kept, refunded or credited": (state) =>
    orders(state).every(
      ([, { paid_cents, kept_cents, refunded_cents, credited_cents }]) =>
        paid_cents === kept_cents + refunded_cents + credited_cents,
    ),
  "what an order gave back is what its cancelled lines and its returns gave back": (state) =>
    orders(state).every(([id, order]) => order.refunded_cents + order.credited_cents === givenBack(state, id, order)),
  "store credit is what there was, what was credited and what was given in goodwill": (state) =>
    Object.entries(state.customers).every(([customer, { store_credit_cents }]) => {
      const own = orders(state).filter(([, { customer_id }]) => customer_id === customer);
      const added = own.map(([id, order]) => givenBack(state, id, order, storeCredit) + order.goodwill_cents);
      return store_credit_cents === state.opening.customers[customer]! + sum(added);
    }),
  "a gift card holds what it held and what went back to it": (state) =>
    Object.entries(state.methods).every(
      ([method, { balance_cents }]) =>
        balance_cents === null ||
        balance_cents ===
          state.opening.methods[method]! + sum(orders(state).map(([id, order]) => givenBack(state, id, order, method))),
    ),
  "no line is given back twice, and none beyond what was paid for it": (state) =>
    Object.entries(state.returns).every(([id, back]) => {
      const line = state.orders[back.order_id]?.lines[back.line_id];
      if (line === undefined || line.cancelled || id !== returnIdOf(back.order_id, back.line_id)) return false;
      const value = back.quantity * line.unit_cents;
      return back.quantity <= line.quantity && back.refund_cents + back.fee_cents <= value;
    }),
  "what a gift card paid for goes back to that gift card alone": (state) =>
    Object.values(state.returns).every(({ order_id, line_id, refunded_to }) => {
      const { paid_with } = state.orders[order_id]!.lines[line_id]!;
      return (
        refunded_to === null ||
        refunded_to === paid_with ||
        (refunded_to === storeCredit && state.methods[paid_with]!.kind !== "gift_card")
      );
    }),
  "only what has not left is cancelled": (state) =>
    orders(state).every(([, { lines }]) =>
      Object.values(lines).every(({ cancelled, shipment }) => !cancelled || shipment === null),
    ),
  "nothing is given out that is not in stock": ({ products }) =>
    Object.values(products).every(({ stock }) => stock >= 0),
};
