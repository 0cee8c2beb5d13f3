import { z } from "zod";
import { withAppended } from "../../src/core/frozen-list.ts";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { compare, subtract } from "../../src/python/number.ts";
import { present } from "../../src/python/present.ts";
import { randomInteger } from "../../src/python/random.ts";
import { float } from "../../src/python/schema.ts";
import { BookingFacts, bookingFacts, bookingFault, bookingIds, bookingMade } from "./bookings.ts";
import { CardFacts, cardFacts, cardRegistered, withinBudget } from "./cards.ts";
import { loggedIn, loginFault, loginMessages, tokens, userOf } from "./login.ts";
import { idsOf, recordOf, withRecord } from "./records.ts";
import { type State, travelState } from "./state.ts";

const Unmet = z.enum([
  "tokenExpired",
  "notLoggedIn",
  "invalidToken",
  "overBudget",
  "bookingNotFound",
  "bookingCancelled",
  "cardNotRegistered",
]);
type Unmet = z.output<typeof Unmet>;

const InsuranceFacts = z.strictObject({
  booking: BookingFacts,
  card: CardFacts,
  user: z.string().nullable(),
  insurance_cost: float,
  budget_limit: float.nullable(),
  /** All that stands in the way, though the message names the first alone. */
  unmet: z.array(Unmet),
});

const refused = (message: string) =>
  failure(InsuranceFacts, () => message, { wire: (_, error) => ({ insurance_status: false, error }) });
const bookingNotFound = refused("Booking not found");

// The order of parameters is that of the reference's code, which its document tells differently.
const insuranceArgs = z.object({
  access_token: z.string(),
  insurance_type: z.string(),
  booking_id: z.string(),
  insurance_cost: float.meta({ description: "In USD.", wire: { type: "number" } }),
  card_id: z.string(),
});
type InsuranceArgs = z.output<typeof insuranceArgs>;

export const purchase_insurance = travelState
  .write({
    description:
      "Insure a booking and pay from a registered credit card. The cost must not exceed the budget limit; the balance is not checked.",
    args: insuranceArgs,
    result: z.strictObject({ insurance_id: z.string(), insurance_status: z.literal(true) }),
    failures: {
      tokenExpired: refused(loginMessages.tokenExpired),
      notLoggedIn: refused(loginMessages.notLoggedIn),
      invalidToken: refused(loginMessages.invalidToken),
      overBudget: refused("Exceeded budget limit"),
      bookingNotFound,
      bookingCancelled: bookingNotFound,
      cardNotRegistered: refused("Credit card not registered"),
    },
    candidates: {
      access_token: tokens,
      booking_id: bookingIds,
      card_id: (state) => idsOf(state.credit_card_list),
      insurance_cost: () => [100, { $float: "200.0" }],
    },
    requires: [loggedIn, bookingMade, cardRegistered, withinBudget],
  })
  .run(({ state, draft, args, fail }) => {
    const { booking_id, card_id, insurance_cost } = args;
    const unmet = unmetConditions(state, args);
    const [first] = unmet;
    if (first !== undefined)
      return fail[first]({
        booking: bookingFacts(state, booking_id),
        card: cardFacts(state, card_id),
        user: userOf(state),
        insurance_cost,
        budget_limit: state.budget_limit,
        unmet,
      });
    const card = recordOf(state.credit_card_list, card_id)!;
    const rest = subtract(present(card.balance, "balance"), insurance_cost);
    const { value, random } = randomInteger(state.random, 100000000, 999999999);
    const insurance_id = String(value);
    const next = draft();
    next.random = random as typeof next.random;
    next.credit_card_list = withRecord(state.credit_card_list, card_id, { ...card, balance: rest });
    next.insurances = withAppended(state.insurances, [insurance_id, booking_id]);
    return { insurance_id, insurance_status: true };
  });

/** All that stands in the way of an insurance, in the order in which it is noticed. */
function unmetConditions(state: State, { access_token, booking_id, insurance_cost, card_id }: InsuranceArgs): Unmet[] {
  const login = loginFault(state, access_token);
  const booking = bookingFault(state, booking_id);
  const { budget_limit } = state;
  return obstacles<Unmet>({
    tokenExpired: login === "tokenExpired",
    notLoggedIn: login === "notLoggedIn",
    invalidToken: login === "invalidToken",
    overBudget: budget_limit !== null && compare(budget_limit, insurance_cost) < 0,
    bookingNotFound: booking === "bookingNotFound",
    bookingCancelled: booking === "bookingCancelled",
    cardNotRegistered: !recordOf(state.credit_card_list, card_id),
  });
}
