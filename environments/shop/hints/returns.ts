import { quoted, shortly, type Unmet } from "../../../src/index.ts";
import { returnApproved, returnOpened, returnReceived } from "../failures.ts";
import { approvalAbove } from "../policy.ts";
import { goodsValue, isSpoilt, needsApproval, refundTargets, storeCredit } from "../return-terms.ts";
import type { Return, State } from "../schemas.ts";
import { unknownProduct } from "./look-up.ts";

export const returnOf = ({ returns }: State, id: string): Return | undefined =>
  Object.hasOwn(returns, id) ? returns[id] : undefined;

export function returnUnmet(state: State, given: string): Unmet[] {
  if (returnOf(state, given)) return [];
  const ids = Object.keys(state.returns);
  const values = ids.slice(-3);
  return [
    {
      condition: returnOpened,
      now: `'${shortly(given)}' is no return${ids.length === 0 ? ", and none was opened yet" : ""}`,
      way: `${values.length > 0 ? `For 'return_id', give ${quoted(values)}, or open` : "Open"} a return first; the answer holds its id.`,
      ...{ call: "'start_return' if there is none for that line", tools: ["start_return"] },
      ...{ argument: "return_id", values },
    },
  ];
}

export function receivedOnceUnmet(state: State, id: string): Unmet[] {
  const back = returnOf(state, id);
  if (!back || back.condition === null) return [];
  const settled =
    back.status === "received"
      ? "It can be settled now, as the user wants."
      : `It was ${back.status}; nothing is left to do.`;
  return [{ condition: "parcel not received before", now: `it was received, ${back.condition}`, way: settled }];
}

/** What keeps a return from being settled, in money or by an exchange. */
export function settlingUnmet(state: State, id: string): Unmet[] {
  const back = returnOf(state, id);
  if (!back) return returnUnmet(state, id);
  const unmet: Unmet[] = [];
  if (back.status === "label_issued")
    unmet.push({
      condition: returnReceived,
      now: "only its label was issued",
      way: "Once the parcel is here, note that and its condition; ask for the condition where it was not told.",
      ...{ call: "'receive_return' with the condition", tools: ["receive_return"] },
    });
  else if (back.status !== "received")
    unmet.push({
      condition: "return not settled yet",
      now: `it was ${back.status}`,
      way: "A return is settled once; nothing is left to do.",
    });
  return unmet;
}

export function refundUnmet(state: State, id: string, to: string): Unmet[] {
  const back = returnOf(state, id);
  if (!back || back.status === "refunded" || back.status === "exchanged") return [];
  if (isSpoilt(back))
    return [
      {
        condition: "not spoilt by the customer",
        now: "it came back damaged and was merely unwanted",
        way: "There is no refund for it; say so to the user.",
      },
    ];
  const unmet: Unmet[] = [];
  const { paid_with } = state.orders[back.order_id]!.lines[back.line_id]!;
  const targets = refundTargets(state, { paid_with });
  if (!targets.includes(to)) {
    const giftCard = targets.length === 1;
    unmet.push({
      condition: giftCard ? "'to' is the gift card that paid" : `'to' is the method that paid, or '${storeCredit}'`,
      now: giftCard
        ? "a gift card paid for this line, and takes all that goes back"
        : `'${shortly(to)}' did not pay for this line`,
      way: `For 'to', give ${giftCard ? quoted(targets) : `'${paid_with}', or '${storeCredit}' if the customer prefers that`}.`,
      ...{ argument: "to", values: targets },
    });
  }
  if (needsApproval(state, back))
    unmet.push({
      condition: returnApproved,
      now: `its goods are worth ${goodsValue(state, back)} cents, more than ${approvalAbove}`,
      way: "Ask for a manager's PIN, and have it approved; make up none.",
      ...{ call: "'approve_return' with the PIN", tools: ["approve_return"] },
    });
  return unmet;
}

export function exchangeUnmet(state: State, id: string, sku: string): Unmet[] {
  const back = returnOf(state, id);
  if (back?.status === "refunded" || back?.status === "exchanged") return [];
  const unmet: Unmet[] = [];
  if (back?.reason === "unwanted" && back.condition !== null && back.condition !== "sealed")
    unmet.push({
      condition: "sealed, or faulty, or the wrong item",
      now: `it came back ${back.condition} and was merely unwanted`,
      way: isSpoilt(back)
        ? "It cannot be exchanged, nor refunded; say so."
        : "It cannot be exchanged; a refund is possible, if the user wants that.",
      ...(isSpoilt(back) ? {} : { call: "'refund_return' instead", tools: ["refund_return"] }),
    });
  if (!Object.hasOwn(state.products, sku)) return [...unmet, unknownProduct(state, sku)];
  if (!back) return unmet;
  const { stock, price_cents } = state.products[sku]!;
  const { unit_cents } = state.orders[back.order_id]!.lines[back.line_id]!;
  const other = {
    way: "Ask whether another product that is in stock and costs no more will do, or the money back.",
    ...{ call: "'find_products' for what there is", tools: ["find_products"] },
  };
  if (stock < back.quantity)
    unmet.push({
      condition: "in stock",
      now: `of '${sku}' there are ${stock}, and ${back.quantity} are needed`,
      ...other,
    });
  if (price_cents > unit_cents)
    unmet.push({
      condition: "no dearer than what comes back",
      now: `'${sku}' costs ${price_cents} cents, and ${unit_cents} were paid`,
      ...(unmet.some(({ way }) => way === other.way) ? { way: "" } : other),
    });
  return unmet;
}

export function approvalUnmet(state: State, id: string, pin: string): Unmet[] {
  const back = returnOf(state, id);
  if (!back) return returnUnmet(state, id);
  const value = goodsValue(state, back);
  if (value <= approvalAbove)
    return [
      {
        condition: `goods worth more than ${approvalAbove} cents`,
        now: `they are worth ${value}`,
        way: "Nobody needs to approve it; go on without.",
        ...(back.status === "received" ? { call: "'refund_return'", tools: ["refund_return"] } : {}),
      },
    ];
  if (pin === state.managerPin) return [];
  return [
    {
      condition: "'manager_pin' is a manager's PIN",
      now: `the one given is not, and return '${id}' waits for approval`,
      way: "Ask for the right one, and make up none.",
    },
  ];
}
