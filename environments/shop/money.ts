import { storeCredit } from "./return-terms.ts";
import type { State } from "./schemas.ts";

/** Gives money of an order back, to a method or as store credit; what is kept shrinks by as much. */
export function payBack(next: State, orderId: string, amount: number, to: string): void {
  const order = next.orders[orderId]!;
  order.kept_cents -= amount;
  if (to === storeCredit) {
    order.credited_cents += amount;
    next.customers[order.customer_id]!.store_credit_cents += amount;
    return;
  }
  order.refunded_cents += amount;
  const method = next.methods[to]!;
  if (method.balance_cents !== null) method.balance_cents += amount;
}
