import { dayAfter, daysBetween, deliveredOn } from "./order-state.ts";
import { approvalAbove, faultyDays, terms } from "./policy.ts";
import type { Order, Reason, Return, State } from "./schemas.ts";

/** What the policy says of a delivered line and a reason for sending it back. */
export function returnTerms(state: State, order: Order, lineId: string, reason: Reason) {
  const line = order.lines[lineId]!;
  const product = state.products[line.sku]!;
  const { days, openedFee } = terms[product.category];
  const window = reason === "unwanted" ? days : faultyDays;
  const delivered = deliveredOn(order, lineId)!;
  return {
    lastDay: dayAfter(delivered, window),
    daysLeft: window - daysBetween(delivered, state.today),
    finalSale: reason === "unwanted" && product.final_sale,
    openedFee: reason === "unwanted" ? openedFee : 0,
    category: product.category,
  };
}

/** What goes back for a return that was received, and the fee kept of it. */
export function refundOf(state: State, back: Return): { readonly refund: number; readonly fee: number } {
  const order = state.orders[back.order_id]!;
  const gross = goodsValue(state, back);
  const { openedFee } = returnTerms(state, order, back.line_id, back.reason);
  const fee = back.condition === "opened" ? Math.round((gross * openedFee) / 100) : 0;
  return { refund: gross - fee, fee };
}

export const goodsValue = ({ orders }: State, { order_id, line_id, quantity }: Return): number =>
  quantity * orders[order_id]!.lines[line_id]!.unit_cents;

export const needsApproval = (state: State, back: Return): boolean =>
  !back.approved && goodsValue(state, back) > approvalAbove;

export const storeCredit = "store_credit";

/** Where the money for a line may go. */
export function refundTargets({ methods }: State, { paid_with }: { readonly paid_with: string }): string[] {
  return methods[paid_with]!.kind === "gift_card" ? [paid_with] : [paid_with, storeCredit];
}

/** An unwanted item that was spoilt is not taken back for money. */
export const isSpoilt = ({ condition, reason }: Return): boolean => condition === "damaged" && reason === "unwanted";
