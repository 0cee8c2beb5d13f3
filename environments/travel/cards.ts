import { z } from "zod";
import { str } from "../../src/python/text.ts";
import type { PyValue } from "../../src/python/value.ts";
import { idsOf } from "./records.ts";
import type { State } from "./state.ts";

/** What paying requires: registering a card provides the one, setting the budget limit the other. */
export const cardRegistered = "credit card registered";
export const withinBudget = "within the budget limit";

/** What a failure over a card says of it. */
export const CardFacts = z.strictObject({
  card_id: z.string(),
  registered: z.array(z.string()),
  /** The id of the card whose number was given in place of an id. */
  idOfNumber: z.string().nullable(),
});
export type CardFacts = z.output<typeof CardFacts>;

export function cardFacts({ credit_card_list: cards }: State, card_id: string): CardFacts {
  const digits = digitsOf(card_id);
  const card =
    digits.length < 4
      ? undefined
      : cards.find(([, { card_number, number }]) => digitsOf(card_number ?? number ?? "") === digits);
  return { card_id, registered: idsOf(cards), idOfNumber: card?.[0] ?? null };
}

/** The digits of a card number however it is grouped. */
function digitsOf(number: PyValue): string {
  return str(number).replace(/\D/g, "");
}
