import { nearestNames } from "../../../src/core/nearest-name.ts";
import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { ago, type History } from "../../../src/feedback/history.ts";
import { compare } from "../../../src/python/number.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { cardFacts, cardRegistered } from "../cards.ts";
import { idsOf, recordOf } from "../records.ts";
import type { Card, State } from "../state.ts";
import { money, named, oneOf, plain } from "./phrases.ts";

/** The card that a call names or most likely means, and what is wrong with its id. */
export interface CardChoice {
  readonly obstacles: readonly Unmet[];
  /** Undefined where the advice leaves no single card, or one that pays all there is to pay. */
  readonly meant: (Card & { readonly id: string }) | undefined;
}

const mostCards = 3;
const cardNamed = "'card_id' is a registered card's id";

/** `least`: what the card must hold; null where that is not known. */
export function chooseCard(state: State, id: string, least: PyNumber | null, history: History): CardChoice {
  const { credit_card_list: cards } = state;
  const card = recordOf(cards, id);
  if (card) return { obstacles: [], meant: { ...card, id } };
  if (cards.length === 0) {
    const amount = least === null ? "" : ` It must hold at least ${money(least)}.`;
    const way = `Register a card first; the answer holds the 'card_id' to give.${amount}`;
    const register = { call: "'register_credit_card' for a card", tools: ["register_credit_card"] };
    return {
      obstacles: [{ condition: cardRegistered, now: "no card is registered", way, ...register }],
      meant: undefined,
    };
  }
  const choose = {
    condition: cardNamed,
    argument: "card_id",
    call: "'get_all_credit_cards' for the ids",
    tools: ["get_all_credit_cards"],
  };
  const { idOfNumber } = cardFacts(state, id);
  if (idOfNumber !== null && plain(idOfNumber)) {
    const now = `${named(id)} is a card's number`;
    const way = `For 'card_id', give '${idOfNumber}', which has that number${registration(idOfNumber, history)}.`;
    return {
      obstacles: [{ ...choose, now, way, values: [idOfNumber] }],
      meant: { ...recordOf(cards, idOfNumber)!, id: idOfNumber },
    };
  }
  const paying = payingCards(state, id, least);
  const values = paying.length > 0 ? paying : likeliest(id, idsOf(cards));
  const enough =
    paying.length > 0 && least !== null ? `, which hold${paying.length > 1 ? "" : "s"} at least ${money(least)}` : "";
  const way =
    values.length > 0
      ? `For 'card_id', give ${oneOf(values)}${enough}${values.length === 1 ? registration(values[0]!, history) : ""}.`
      : "Look up the id of the card.";
  const [only] = paying.length > 0 ? [] : values;
  return {
    obstacles: [{ ...choose, now: `${named(id)} is none`, way, values }],
    meant: only === undefined ? undefined : { ...recordOf(cards, only)!, id: only },
  };
}

/** The ids of other cards that hold an amount, the likeliest first. */
export function payingCards({ credit_card_list: cards }: State, id: string, least: PyNumber | null): string[] {
  const paying = cards.filter(
    ([other, { balance }]) => other !== id && balance !== undefined && (least === null || compare(balance, least) >= 0),
  );
  return likeliest(id, idsOf(paying));
}

/** Ids that resemble a given one before the others, in their order. */
export function likeliest(id: string, ids: readonly string[]): string[] {
  const known = ids.filter(plain);
  return [...new Set([...nearestNames(id, known), ...known])].slice(0, mostCards);
}

function registration(id: string, history: History): string {
  const made = history.findLast(
    ({ call, failure, text }) => failure === undefined && call.tool === "register_credit_card" && text.includes(id),
  );
  return made ? `; registering it returned that id ${ago(made)}` : "";
}

/** What there is to say of a card without a balance: only another card can pay. */
export function balanceObstacle(state: State, id: string, least: PyNumber | null): Unmet {
  const values = payingCards(state, id, least);
  const registering = { call: "'register_credit_card' for another card", tools: ["register_credit_card"] };
  return {
    condition: "the balance of the card is known",
    now: `nothing is recorded of that of ${named(id)}`,
    ...(values.length > 0
      ? { way: `For 'card_id', give ${oneOf(values)}.`, argument: "card_id", values }
      : { way: "Register another card first; the answer holds the 'card_id' to give.", ...registering }),
  };
}
