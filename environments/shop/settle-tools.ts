import { z } from "zod";
import { failure } from "../../src/index.ts";
import {
  alreadySettled,
  notReceived,
  returnApproved,
  returnIds,
  returnOpened,
  returnReceived,
  unknownReturn,
} from "./failures.ts";
import { payBack } from "./money.ts";
import { approvalAbove } from "./policy.ts";
import { goodsValue, isSpoilt, needsApproval, refundOf, refundTargets, storeCredit } from "./return-terms.ts";
import { cents, conditions } from "./schemas.ts";
import { shopState } from "./state.ts";

export const refund_return = shopState
  .write({
    description:
      "Give back the money for a received return, to a payment method's id or to 'store_credit'; the fee is worked out here.",
    args: z.object({ return_id: z.string(), to: z.string() }),
    result: z.strictObject({ return_id: z.string(), refund_cents: cents, fee_cents: cents, refunded_to: z.string() }),
    failures: {
      ...{ unknownReturn, notReceived, alreadySettled },
      spoilt: failure(
        z.strictObject({ return_id: z.string() }),
        ({ return_id }) => `Return '${return_id}' came back damaged and was merely unwanted: it is not refunded.`,
      ),
      giftCardOnly: failure(
        z.strictObject({ return_id: z.string(), to: z.string(), gift_card: z.string() }),
        ({ to }) => `A gift card paid for this line; the money cannot go to '${to}'.`,
      ),
      otherMethod: failure(
        z.strictObject({ return_id: z.string(), to: z.string(), paid_with: z.string() }),
        ({ to }) => `'${to}' did not pay for this line.`,
      ),
      approvalNeeded: failure(
        z.strictObject({ return_id: z.string(), value_cents: cents }),
        ({ return_id, value_cents }) =>
          `The goods of return '${return_id}' are worth ${value_cents} cents; above ${approvalAbove} a manager must approve.`,
      ),
    },
    candidates: { return_id: returnIds, to: ({ methods }) => [...Object.keys(methods), storeCredit] },
    requires: [returnReceived],
    ensures: {
      "refund and fee together are what the goods are worth": ({ before, args: { return_id }, value }) =>
        value.refund_cents + value.fee_cents === goodsValue(before, before.returns[return_id]!),
    },
  })
  .run(({ state, draft, args: { return_id, to }, fail }) => {
    const back = Object.hasOwn(state.returns, return_id) ? state.returns[return_id] : undefined;
    if (!back) return fail.unknownReturn({ return_id });
    if (back.status === "label_issued") return fail.notReceived({ return_id });
    if (back.status !== "received") return fail.alreadySettled({ return_id, status: back.status });
    if (isSpoilt(back)) return fail.spoilt({ return_id });
    const { paid_with } = state.orders[back.order_id]!.lines[back.line_id]!;
    if (!refundTargets(state, { paid_with }).includes(to))
      return state.methods[paid_with]!.kind === "gift_card"
        ? fail.giftCardOnly({ return_id, to, gift_card: paid_with })
        : fail.otherMethod({ return_id, to, paid_with });
    if (needsApproval(state, back)) return fail.approvalNeeded({ return_id, value_cents: goodsValue(state, back) });
    const { refund, fee } = refundOf(state, back);
    const next = draft();
    Object.assign(next.returns[return_id]!, {
      status: "refunded",
      refund_cents: refund,
      fee_cents: fee,
      refunded_to: to,
    });
    payBack(next, back.order_id, refund, to);
    return { return_id, refund_cents: refund, fee_cents: fee, refunded_to: to };
  });

export const exchange_return = shopState
  .write({
    description:
      "Settle a received return by sending another product in the same quantity; a lower price is made up for in money.",
    args: z.object({ return_id: z.string(), sku: z.string() }),
    result: z.strictObject({
      return_id: z.string(),
      replacement_sku: z.string(),
      refund_cents: cents,
      refunded_to: z.string(),
    }),
    failures: {
      ...{ unknownReturn, notReceived, alreadySettled },
      notAsNew: failure(
        z.strictObject({ return_id: z.string(), condition: z.enum(conditions) }),
        ({ return_id, condition }) =>
          `Return '${return_id}' came back ${condition} and was merely unwanted: only sealed goods are exchanged.`,
      ),
      unknownProduct: failure(z.strictObject({ sku: z.string() }), ({ sku }) => `There is no product '${sku}'.`),
      outOfStock: failure(
        z.strictObject({ sku: z.string(), stock: z.int(), quantity: z.int() }),
        ({ sku, stock, quantity }) => `Of '${sku}' there are ${stock} in stock, and ${quantity} are needed.`,
      ),
      dearer: failure(
        z.strictObject({ sku: z.string(), price_cents: cents, unit_cents: cents }),
        ({ sku, price_cents, unit_cents }) =>
          `'${sku}' costs ${price_cents} cents, more than the ${unit_cents} that were paid.`,
      ),
    },
    candidates: { return_id: returnIds, sku: ({ products }) => Object.keys(products) },
    requires: [returnReceived],
  })
  .run(({ state, draft, args: { return_id, sku }, fail }) => {
    const back = Object.hasOwn(state.returns, return_id) ? state.returns[return_id] : undefined;
    if (!back) return fail.unknownReturn({ return_id });
    if (back.condition === null) return fail.notReceived({ return_id });
    if (back.status !== "received") return fail.alreadySettled({ return_id, status: back.status });
    if (back.reason === "unwanted" && back.condition !== "sealed")
      return fail.notAsNew({ return_id, condition: back.condition });
    const product = Object.hasOwn(state.products, sku) ? state.products[sku] : undefined;
    if (!product) return fail.unknownProduct({ sku });
    const { quantity } = back;
    const { unit_cents, paid_with } = state.orders[back.order_id]!.lines[back.line_id]!;
    if (product.stock < quantity) return fail.outOfStock({ sku, stock: product.stock, quantity });
    if (product.price_cents > unit_cents) return fail.dearer({ sku, price_cents: product.price_cents, unit_cents });
    const refund = quantity * (unit_cents - product.price_cents);
    const next = draft();
    next.products[sku]!.stock -= quantity;
    Object.assign(next.returns[return_id]!, {
      ...{ status: "exchanged", replacement_sku: sku, refund_cents: refund, refunded_to: paid_with },
    });
    payBack(next, back.order_id, refund, paid_with);
    return { return_id, replacement_sku: sku, refund_cents: refund, refunded_to: paid_with };
  });

export const approve_return = shopState
  .write({
    description: "Let a manager approve a return of great value by PIN, so that it can be refunded.",
    args: z.object({ return_id: z.string(), manager_pin: z.string() }),
    result: z.strictObject({ return_id: z.string(), approved: z.literal(true) }),
    failures: {
      unknownReturn,
      approvalNotNeeded: failure(
        z.strictObject({ return_id: z.string(), value_cents: cents }),
        ({ return_id, value_cents }) =>
          `The goods of return '${return_id}' are worth ${value_cents} cents; up to ${approvalAbove} nobody needs to approve.`,
      ),
      wrongPin: failure(z.strictObject({ return_id: z.string() }), () => "That is not a manager's PIN."),
    },
    candidates: { return_id: returnIds, manager_pin: ({ managerPin }) => [managerPin] },
    requires: [returnOpened],
    provides: [returnApproved],
  })
  .run(({ state, draft, args: { return_id, manager_pin }, fail }) => {
    const back = Object.hasOwn(state.returns, return_id) ? state.returns[return_id] : undefined;
    if (!back) return fail.unknownReturn({ return_id });
    const value_cents = goodsValue(state, back);
    if (value_cents <= approvalAbove) return fail.approvalNotNeeded({ return_id, value_cents });
    if (manager_pin !== state.managerPin) return fail.wrongPin({ return_id });
    if (!back.approved) draft().returns[return_id]!.approved = true;
    return { return_id, approved: true };
  });
