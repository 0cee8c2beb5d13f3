import { quoted, type Unmet } from "../../../src/index.ts";
import { linesIn } from "../cancel-tools.ts";
import { customerVerified, isVerified } from "../failures.ts";
import { isLate, lineState, returnIdOf } from "../order-state.ts";
import { mostGoodwill } from "../policy.ts";
import { returnTerms } from "../return-terms.ts";
import type { Reason, State } from "../schemas.ts";
import { unknownOrder } from "./look-up.ts";

/** The conditions on an order: that it is there and, for changes, that its customer is verified. */
export function orderUnmet(state: State, orderId: string, changes: boolean): Unmet[] {
  if (!Object.hasOwn(state.orders, orderId)) return [unknownOrder(state, orderId)];
  return changes ? verifiedUnmet(state, orderId) : [];
}

export function verifiedUnmet(state: State, orderId: string): Unmet[] {
  if (isVerified(state, orderId)) return [];
  return [
    {
      condition: customerVerified,
      now: `no postcode was checked for the customer of order '${orderId}'`,
      way: "Check the postcode that the customer tells first; ask for it where it was not told. The order shows whose it is.",
      call: "'verify_customer' with the customer's id and the postcode",
      tools: ["verify_customer"],
    },
  ];
}

/** The same for a line of it. */
export function lineUnmet(state: State, orderId: string, lineId: string, changes: boolean): Unmet[] {
  const unmet = orderUnmet(state, orderId, changes);
  const lines = Object.hasOwn(state.orders, orderId) ? Object.keys(state.orders[orderId]!.lines) : [lineId];
  if (lines.includes(lineId)) return unmet;
  const values = lines.slice(0, 3);
  const line: Unmet = {
    condition: "'line_id' is a line of that order",
    now: `order '${orderId}' has ${lines.length}, and '${lineId}' is none of them`,
    way: `For 'line_id', give ${quoted(values)}${lines.length > 3 ? " or a later one" : ""}, whichever holds the item that is meant.`,
    call: "'get_order' to see what each line holds",
    ...{ tools: ["get_order"], argument: "line_id", values },
  };
  return [line, ...unmet];
}

const isKnown = ({ orders }: State, orderId: string, lineId: string): boolean =>
  Object.hasOwn(orders, orderId) && Object.hasOwn(orders[orderId]!.lines, lineId);

export function deliveredUnmet(state: State, orderId: string, lineId: string): Unmet[] {
  if (!isKnown(state, orderId, lineId)) return [];
  const now = lineState(state, orderId, lineId);
  if (now === "delivered") return [];
  const unmet = { condition: "line delivered, and not settled yet", now: `line '${lineId}' is ${now}` };
  if (now === "not shipped")
    return [
      {
        ...unmet,
        way: "Nothing has to come back: it can be cancelled.",
        call: "'cancel_line'",
        tools: ["cancel_line"],
      },
    ];
  if (now === "on the way")
    return [{ ...unmet, way: "It can come back once it is delivered, and not be stopped before." }];
  if (now === "cancelled")
    return [{ ...unmet, way: "Its money went back when it was cancelled; nothing is left to do." }];
  if (now === "refunded" || now === "exchanged")
    return [{ ...unmet, way: "A line is given back once; nothing is left to do with it." }];
  const id = returnIdOf(orderId, lineId);
  return [
    {
      ...unmet,
      way: `Go on with the return that is open for it, '${id}'.`,
      call: nextStep(now).call,
      tools: nextStep(now).tools,
    },
  ];
}

const nextStep = (now: string) =>
  now === "return label issued"
    ? { call: "'receive_return' once the parcel is here", tools: ["receive_return"] }
    : { call: "'refund_return' or 'exchange_return', as the user wants", tools: ["refund_return", "exchange_return"] };

/** What the policy has against a return. */
export function policyUnmet(state: State, orderId: string, lineId: string, reason: Reason): Unmet[] {
  if (!isKnown(state, orderId, lineId) || lineState(state, orderId, lineId) !== "delivered") return [];
  const order = state.orders[orderId]!;
  const { finalSale, daysLeft, lastDay, category } = returnTerms(state, order, lineId, reason);
  const other = "If the user told another reason, give that one; otherwise say so to the user, and make up no reason.";
  const unmet: Unmet[] = [];
  if (finalSale)
    unmet.push({
      condition: "not a final-sale item, unless it is faulty or the wrong one",
      now: `'${order.lines[lineId]!.sku}' is a final-sale item, and 'reason' is '${reason}'`,
      way: other,
    });
  if (daysLeft < 0)
    unmet.push({
      condition: "within the days that the policy gives",
      now: `for ${category} and '${reason}' they ended on ${lastDay}, ${-daysLeft} day${daysLeft === -1 ? "" : "s"} ago`,
      way: finalSale ? "The time is over, too." : other,
    });
  return unmet;
}

export function quantityUnmet(state: State, orderId: string, lineId: string, quantity: number): Unmet[] {
  if (!isKnown(state, orderId, lineId)) return [];
  const { quantity: ordered } = state.orders[orderId]!.lines[lineId]!;
  if (quantity <= ordered) return [];
  return [
    {
      condition: "no more than the line holds",
      now: `line '${lineId}' holds ${ordered}`,
      way: `For 'quantity', give ${ordered}${ordered > 1 ? " or less" : ""}.`,
      ...{ argument: "quantity", values: [ordered] },
    },
  ];
}

export function cancelOrderUnmet(state: State, orderId: string): Unmet[] {
  if (!Object.hasOwn(state.orders, orderId)) return [];
  const { lines } = state.orders[orderId]!;
  const shipped = Object.keys(lines).filter((line) => lines[line]!.shipment !== null);
  const waiting = linesIn(state, orderId, "not shipped");
  if (shipped.length === 0 && waiting.length > 0) return [];
  if (shipped.length === 0)
    return [
      {
        condition: "something left to cancel",
        now: "all of it was cancelled",
        way: "Its money went back; nothing is left to do.",
      },
    ];
  const unmet = { condition: "nothing of it shipped yet", now: `line ${quoted(shipped)} left already` };
  return waiting.length > 0
    ? [
        {
          ...unmet,
          way: "The lines that have not left can be cancelled one by one, if the user wants that.",
          call: "'cancel_line' for each of them",
          tools: ["cancel_line"],
        },
      ]
    : [
        {
          ...unmet,
          way: "None of it can be cancelled any more; what was delivered may come back as a return.",
          call: "'check_return' to see what may come back",
          tools: ["check_return"],
        },
      ];
}

export function cancelLineUnmet(state: State, orderId: string, lineId: string): Unmet[] {
  if (!isKnown(state, orderId, lineId)) return [];
  const now = lineState(state, orderId, lineId);
  if (now === "not shipped") return [];
  const unmet = { condition: "line not shipped yet", now: `line '${lineId}' is ${now}` };
  if (now === "delivered")
    return [
      {
        ...unmet,
        way: "It may come back as a return instead.",
        call: "'check_return' to see whether it may",
        tools: ["check_return"],
      },
    ];
  if (now === "on the way")
    return [{ ...unmet, way: "It can come back once it is delivered, and not be stopped before." }];
  return [{ ...unmet, way: "There is nothing left to cancel of it." }];
}

export function goodwillUnmet(state: State, orderId: string, amount: number): Unmet[] {
  if (!Object.hasOwn(state.orders, orderId)) return [];
  const order = state.orders[orderId]!;
  const unmet: Unmet[] = [];
  if (!isLate(state, order))
    unmet.push({
      condition: "order late",
      now: `order '${orderId}' was promised for ${order.promised_on}, and nothing of it is late`,
      way: "Goodwill is for late orders alone; say so to the user.",
    });
  if (order.goodwill_cents > 0)
    unmet.push({
      condition: "no goodwill given for it yet",
      now: `${order.goodwill_cents} cents were given`,
      way: "It is given once an order; nothing more can be.",
    });
  if (amount > mostGoodwill)
    unmet.push({
      condition: `no more than ${mostGoodwill} cents`,
      now: `'amount_cents' is ${amount}`,
      way: `For 'amount_cents', the most is ${mostGoodwill}.`,
      ...{ argument: "amount_cents", values: [mostGoodwill] },
    });
  return unmet;
}
