import type { Category } from "./schemas.ts";

/** Days after delivery in which an item may come back that is merely unwanted, and what is kept of it once opened, in percent. */
export const terms: Readonly<Record<Category, { readonly days: number; readonly openedFee: number }>> = {
  electronics: { days: 14, openedFee: 15 },
  clothing: { days: 30, openedFee: 0 },
  home: { days: 60, openedFee: 10 },
  books: { days: 21, openedFee: 0 },
};
/** Days for an item that is faulty, or not the one that was ordered. */
export const faultyDays = 180;
/** The value of goods above which a manager must approve a refund. */
export const approvalAbove = 20000;
export const mostGoodwill = 1000;

const list = (
  text: (category: string, terms: { readonly days: number; readonly openedFee: number }) => string,
): string =>
  Object.entries(terms)
    .map(([category, term]) => text(category, term))
    .join(", ");

/** What the desk has in writing, by topic; the tools hold to just this. */
export const policy = {
  returns:
    `An item that is merely unwanted can come back within a number of days after its delivery: ${list((category, { days }) => `${category} ${days} days`)}. ` +
    `An item that is faulty, or is not what was ordered, can come back within ${faultyDays} days. The day of delivery is day 0. ` +
    "A return starts with a label, the parcel is then received and its condition noted (sealed, opened or damaged), and only then is money given back. Each order line can be returned once.",
  final_sale:
    "Final-sale items cannot come back because they are unwanted. Faulty or wrongly delivered final-sale items can, like any other.",
  gift_cards:
    "What a gift card paid for goes back to that gift card alone: not to another method, and not to store credit.",
  refunds:
    "A refund goes to the method that paid for the line, or to store credit if the customer prefers that. No other method of the customer will do.",
  partial_shipments:
    "An order may travel in several shipments. Each line counts by itself: its days run from the delivery of its own shipment, delivered lines can come back while others are still on the way, and lines that have not left can still be cancelled.",
  opened_items:
    `Of an unwanted item that comes back opened, a restocking fee is kept, rounded to whole cents: ${list((category, { openedFee }) => `${category} ${openedFee}%`)}. ` +
    "Sealed, faulty and wrongly delivered items bear no fee. An unwanted item that comes back damaged is not refunded.",
  exchanges:
    "A received item can be exchanged for a product that is in stock in the same quantity and costs no more; the difference goes back to the method that paid. An unwanted item must be sealed to be exchanged. Sealed items that are not faulty go back into stock when they are received, and can be given out again.",
  cancellations:
    "An order can be cancelled as a whole until its first line leaves; after that, single lines can be cancelled that have not left. The money goes back to the method that paid.",
  approvals: `If the goods of a return are worth more than ${approvalAbove} cents, a manager approves the return with the PIN before it is refunded. Exchanges need no approval.`,
  verification:
    "Before anything is changed for a customer or paid out, the postcode that the customer tells is checked once. Looking things up and receiving parcels needs no check.",
  goodwill: `For an order that came after the promised day, or has not come by then, up to ${mostGoodwill} cents of store credit can be given, once an order.`,
} as const;
export type Topic = keyof typeof policy;
export const topics = Object.keys(policy) as readonly Topic[];
