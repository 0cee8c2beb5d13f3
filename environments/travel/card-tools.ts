import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { present } from "../../src/python/present.ts";
import { randomInteger } from "../../src/python/random.ts";
import { float, integer } from "../../src/python/schema.ts";
import { repr } from "../../src/python/text.ts";
import { CardFacts, cardFacts, cardRegistered } from "./cards.ts";
import { loggedIn, loginData, loginFailures, loginFault, tokens } from "./login.ts";
import { idsOf, keyed, keyedBy, recordOf, withRecord } from "./records.ts";
import { Card, travelState } from "./state.ts";

export const register_credit_card = travelState
  .write({
    description: "Register a credit card of the logged-in traveler. Answers the id by which other tools know the card.",
    args: z.object({
      access_token: z.string(),
      card_number: z.string(),
      expiration_date: z.string().meta({ description: "MM/YYYY." }),
      cardholder_name: z.string(),
      card_verification_number: integer,
    }),
    result: z.strictObject({ card_id: z.string() }),
    failures: {
      ...loginFailures(),
      tokenNotInitialized: failure(z.strictObject({ access_token: z.string() }), () => "Token not initialized"),
      alreadyRegistered: failure(CardFacts, () => "Card already registered"),
    },
    candidates: {
      access_token: tokens,
      card_number: (state) => [...idsOf(state.credit_card_list), "4111111111111111"],
    },
    requires: [loggedIn],
    provides: [cardRegistered],
  })
  .run(({ state, draft, args: { access_token, ...card }, fail }) => {
    if (state.token_expires_in === null) return fail.tokenNotInitialized({ access_token });
    const fault = loginFault(state, access_token);
    if (fault) return fail[fault](loginData(state, access_token));
    // The number is looked for among the ids, so a card can be registered twice.
    if (recordOf(state.credit_card_list, card.card_number))
      return fail.alreadyRegistered(cardFacts(state, card.card_number));
    const id = randomInteger(state.random, 100000000000, 999999999999);
    const balance = randomInteger(id.random, 10000, 99999);
    const card_id = String(id.value);
    const next = draft();
    next.random = balance.random as typeof next.random;
    next.credit_card_list = withRecord(state.credit_card_list, card_id, { ...card, balance: balance.value });
    return { card_id };
  });

export const get_credit_card_balance = travelState
  .read({
    description: "Tell the balance of a registered credit card in USD.",
    args: z.object({ access_token: z.string(), card_id: z.string() }),
    result: z.strictObject({ card_balance: float }),
    failures: {
      ...loginFailures(),
      notRegistered: failure(
        CardFacts,
        ({ registered }) => `Card not registered. Here are a list of card_id's: ${repr(registered)}`,
      ),
    },
    candidates: { access_token: tokens, card_id: (state) => idsOf(state.credit_card_list) },
    requires: [loggedIn, cardRegistered],
  })
  .run(({ state, args: { access_token, card_id }, fail }) => {
    const fault = loginFault(state, access_token);
    if (fault) return fail[fault](loginData(state, access_token));
    const card = recordOf(state.credit_card_list, card_id);
    if (!card) return fail.notRegistered(cardFacts(state, card_id));
    return { card_balance: present(card.balance, "balance") };
  });

export const get_all_credit_cards = travelState
  .read({
    description: "List all registered credit cards with their ids and balances.",
    args: z.object({}),
    result: z.strictObject({ credit_card_list: keyedBy(Card) }),
  })
  .run(({ state }) => ({ credit_card_list: keyed(state.credit_card_list) }));
