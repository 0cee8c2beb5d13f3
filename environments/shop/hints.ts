import { type Advice, adviceOnUnmet, defineHints, type HintContext, type Unmet } from "../../src/index.ts";
import {
  noCustomer,
  noProduct,
  severalCustomers,
  unknownCustomer,
  unknownTopic,
  wrongPostcode,
} from "./hints/look-up.ts";
import {
  cancelLineUnmet,
  cancelOrderUnmet,
  deliveredUnmet,
  goodwillUnmet,
  lineUnmet,
  orderUnmet,
  policyUnmet,
  quantityUnmet,
} from "./hints/order.ts";
import {
  approvalUnmet,
  exchangeUnmet,
  receivedOnceUnmet,
  refundUnmet,
  returnUnmet,
  settlingUnmet,
} from "./hints/returns.ts";
import { shop } from "./index.ts";
import type { State } from "./schemas.ts";

/** A rule that tells all that is unmet at once, whichever of it the tool noticed first. */
const all =
  <A>(unmetIn: (state: State, args: A) => readonly Unmet[]) =>
  ({ state, args }: HintContext<State, A>): Advice =>
    adviceOnUnmet(unmetIn(state, args));

const looksUpOrder = all<{ order_id: string }>((state, { order_id }) => orderUnmet(state, order_id, false));
const looksUpCustomer = all<{ customer_id: string }>((state, { customer_id }) => [unknownCustomer(state, customer_id)]);
const cancelsOrder = all<{ order_id: string }>((state, { order_id }) => [
  ...orderUnmet(state, order_id, true),
  ...cancelOrderUnmet(state, order_id),
]);
const cancelsLine = all<{ order_id: string; line_id: string }>((state, { order_id, line_id }) => [
  ...lineUnmet(state, order_id, line_id, true),
  ...cancelLineUnmet(state, order_id, line_id),
]);
const givesGoodwill = all<{ order_id: string; amount_cents: number }>((state, { order_id, amount_cents }) => [
  ...orderUnmet(state, order_id, true),
  ...goodwillUnmet(state, order_id, amount_cents),
]);
const checksReturn = all<{ order_id: string; line_id: string }>((state, { order_id, line_id }) => [
  ...lineUnmet(state, order_id, line_id, false),
  ...deliveredUnmet(state, order_id, line_id),
]);
type Start = { order_id: string; line_id: string; quantity: number; reason: "unwanted" | "faulty" | "wrong_item" };
const startsReturn = all<Start>((state, { order_id, line_id, quantity, reason }) => [
  ...lineUnmet(state, order_id, line_id, true),
  ...deliveredUnmet(state, order_id, line_id),
  ...policyUnmet(state, order_id, line_id, reason),
  ...quantityUnmet(state, order_id, line_id, quantity),
]);
const receives = all<{ return_id: string }>((state, { return_id }) => [
  ...returnUnmet(state, return_id),
  ...receivedOnceUnmet(state, return_id),
]);
const refunds = all<{ return_id: string; to: string }>((state, { return_id, to }) => [
  ...settlingUnmet(state, return_id),
  ...refundUnmet(state, return_id, to),
]);
const exchanges = all<{ return_id: string; sku: string }>((state, { return_id, sku }) => [
  ...settlingUnmet(state, return_id),
  ...exchangeUnmet(state, return_id, sku),
]);
const approves = all<{ return_id: string; manager_pin: string }>((state, { return_id, manager_pin }) =>
  approvalUnmet(state, return_id, manager_pin),
);

/** Hints on the failures of the shop. */
export const shopHints = defineHints(shop, {
  read_policy: { unknownTopic: ({ args }) => adviceOnUnmet([unknownTopic(args.topic)]) },
  find_customer: {
    noCustomer: ({ state, args }) => adviceOnUnmet([noCustomer(state, args.name_or_email)]),
    severalCustomers: ({ error }) => adviceOnUnmet([severalCustomers(error.data.emails)]),
  },
  verify_customer: {
    unknownCustomer: looksUpCustomer,
    wrongPostcode: ({ state, args }) => adviceOnUnmet([wrongPostcode(state, args.customer_id)]),
  },
  get_order: { unknownOrder: looksUpOrder },
  get_wallet: { unknownCustomer: looksUpCustomer },
  find_products: { noProduct: ({ state, args }) => adviceOnUnmet([noProduct(state, args.text)]) },
  cancel_whole_order: {
    ...{ unknownOrder: cancelsOrder, notVerified: cancelsOrder },
    ...{ alreadyShipped: cancelsOrder, alreadyCancelled: cancelsOrder },
  },
  cancel_line: {
    ...{ unknownOrder: cancelsLine, unknownLine: cancelsLine, notVerified: cancelsLine },
    ...{ lineShipped: cancelsLine, lineCancelled: cancelsLine },
  },
  give_goodwill: {
    ...{ unknownOrder: givesGoodwill, notVerified: givesGoodwill },
    ...{ notLate: givesGoodwill, alreadyGiven: givesGoodwill, overLimit: givesGoodwill },
  },
  check_return: { unknownOrder: checksReturn, unknownLine: checksReturn, notDelivered: checksReturn },
  start_return: {
    ...{ unknownOrder: startsReturn, unknownLine: startsReturn, notVerified: startsReturn },
    ...{ notDelivered: startsReturn, finalSale: startsReturn, windowClosed: startsReturn, tooMany: startsReturn },
  },
  receive_return: { unknownReturn: receives, alreadyReceived: receives },
  approve_return: { unknownReturn: approves, approvalNotNeeded: approves, wrongPin: approves },
  refund_return: {
    ...{ unknownReturn: refunds, notReceived: refunds, alreadySettled: refunds },
    ...{ spoilt: refunds, giftCardOnly: refunds, otherMethod: refunds, approvalNeeded: refunds },
  },
  exchange_return: {
    ...{ unknownReturn: exchanges, notReceived: exchanges, alreadySettled: exchanges },
    ...{ notAsNew: exchanges, unknownProduct: exchanges, outOfStock: exchanges, dearer: exchanges },
  },
});
