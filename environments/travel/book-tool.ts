import { z } from "zod";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { compare, floatValue, subtract } from "../../src/python/number.ts";
import { randomInteger } from "../../src/python/random.ts";
import { float } from "../../src/python/schema.ts";
import type { PyNumber } from "../../src/python/value.ts";
import { airportCodes, isAirport } from "./airports.ts";
import { bookingMade } from "./bookings.ts";
import { CardFacts, cardFacts, cardRegistered, withinBudget } from "./cards.ts";
import { FlightFacts, fareOf, flightFacts, isDate, isTravelClass, routeFault, travelClasses } from "./fares.ts";
import { loggedIn, loginFault, loginMessages, tokens, userOf } from "./login.ts";
import { idsOf, keyed, keyedBy, recordOf, withRecord } from "./records.ts";
import { Booking, type State, travelState } from "./state.ts";

const Unmet = z.enum([
  "tokenExpired",
  "notLoggedIn",
  "invalidToken",
  "cardNotRegistered",
  "balanceNotFound",
  "unknownDeparture",
  "unknownDestination",
  "invalidDate",
  "invalidClass",
  "sameAirport",
  "noRoute",
  "insufficientFunds",
  "balanceBelowBudget",
]);
type Unmet = z.output<typeof Unmet>;

const BookFacts = z.strictObject({
  flight: FlightFacts,
  card: CardFacts,
  user: z.string().nullable(),
  /** What the flight costs, and what the card holds; null where that is not known. */
  travel_cost: float.nullable(),
  balance: float.nullable(),
  budget_limit: float.nullable(),
  /** All that stands in the way, though the message names the first alone. */
  unmet: z.array(Unmet),
});
type BookFacts = z.output<typeof BookFacts>;

const refused = (message: string | ((facts: BookFacts) => string)) =>
  failure(BookFacts, typeof message === "string" ? () => message : message, {
    wire: (_, error) => ({ booking_status: false, error }),
  });
const noRoute = refused("No available route for the given airports.");

const bookArgs = z.object({
  access_token: z.string(),
  card_id: z.string(),
  travel_date: z.string().meta({ description: "YYYY-MM-DD." }),
  travel_from: z.string().meta({ description: "Three-letter code of the airport of departure." }),
  travel_to: z.string().meta({ description: "Three-letter code of the airport of arrival." }),
  travel_class: z.string().meta({ description: "One of economy, business, first." }),
});
type BookArgs = z.output<typeof bookArgs>;

export const book_flight = travelState
  .write({
    description:
      "Book a direct flight and pay it from a registered credit card. The balance must cover the price and be no lower than the budget limit.",
    args: bookArgs,
    result: z.strictObject({
      booking_id: z.string(),
      transaction_id: z.string(),
      booking_status: z.literal(true),
      booking_history: keyedBy(Booking),
    }),
    failures: {
      tokenExpired: refused(loginMessages.tokenExpired),
      notLoggedIn: refused(loginMessages.notLoggedIn),
      invalidToken: refused(loginMessages.invalidToken),
      cardNotRegistered: refused("Card not registered"),
      balanceNotFound: refused("Balance not found"),
      unknownDeparture: refused(({ flight }) => `Invalid departure airport code: ${flight.travel_from}`),
      unknownDestination: refused(({ flight }) => `Invalid destination airport code: ${flight.travel_to}`),
      invalidDate: refused("Invalid date format. Use YYYY-MM-DD."),
      // The reference prints a set, whose order changes from run to run.
      invalidClass: refused("Invalid travel class. Must be one of {'economy', 'business', 'first'}"),
      sameAirport: noRoute,
      noRoute,
      insufficientFunds: refused("Insufficient funds"),
      balanceBelowBudget: refused("Balance is less than budget limit"),
    },
    candidates: {
      access_token: tokens,
      card_id: (state) => idsOf(state.credit_card_list),
      travel_date: () => ["2026-10-10", "2026-10-11"],
      travel_from: () => airportCodes,
      travel_to: () => airportCodes,
      travel_class: () => travelClasses,
    },
    requires: [loggedIn, cardRegistered, withinBudget],
    provides: [bookingMade],
  })
  .run(({ state, draft, args, fail }) => {
    const { unmet, cost } = obstaclesTo(state, args);
    const [first] = unmet;
    if (first !== undefined) return fail[first](bookFacts(state, args, unmet, cost));
    const { card_id, travel_date, travel_from, travel_to, travel_class } = args;
    const card = recordOf(state.credit_card_list, card_id)!;
    const balance = card.balance!;
    const travel_cost = cost!;
    const rest = subtract(balance, travel_cost);
    const bookingDraw = randomInteger(state.random, 1000000, 9999999);
    const transactionDraw = randomInteger(bookingDraw.random, 10000000, 99999999);
    const booking_id = String(bookingDraw.value);
    const transaction_id = String(transactionDraw.value);
    const booking: Booking = {
      card_id,
      travel_date,
      travel_from,
      travel_to,
      travel_class,
      travel_cost,
      transaction_id,
    };
    const next = draft();
    next.random = transactionDraw.random as typeof next.random;
    const bookings = withRecord(state.booking_record, booking_id, booking);
    next.credit_card_list = withRecord(state.credit_card_list, card_id, { ...card, balance: rest });
    next.booking_record = bookings;
    const booking_history = state.long_context ? keyed(bookings) : {};
    return { booking_id, transaction_id, booking_status: true, booking_history };
  });

/** All that stands in the way of a booking, in the order in which it is noticed, and the price where there is one. */
function obstaclesTo(state: State, args: BookArgs): { unmet: Unmet[]; cost: PyNumber | null } {
  const login = loginFault(state, args.access_token);
  const card = recordOf(state.credit_card_list, args.card_id);
  const route = routeFault(args);
  const flightFaults = {
    unknownDeparture: !isAirport(args.travel_from),
    unknownDestination: !isAirport(args.travel_to),
    invalidDate: !isDate(args.travel_date),
    invalidClass: !isTravelClass(args.travel_class),
    sameAirport: route === "sameAirport",
    noRoute: route === "noRoute",
  };
  const cost = obstacles(flightFaults).length === 0 ? floatValue(fareOf(args)) : null;
  const unmet = obstacles<Unmet>({
    tokenExpired: login === "tokenExpired",
    notLoggedIn: login === "notLoggedIn",
    invalidToken: login === "invalidToken",
    cardNotRegistered: !card,
    balanceNotFound: card !== undefined && card.balance === undefined,
    ...flightFaults,
    insufficientFunds: isBelow(card?.balance, cost),
    balanceBelowBudget: isBelow(card?.balance, state.budget_limit),
  });
  return { unmet, cost };
}

function isBelow(balance: PyNumber | undefined, needed: PyNumber | null): boolean {
  return balance !== undefined && needed !== null && compare(balance, needed) < 0;
}

function bookFacts(state: State, args: BookArgs, unmet: Unmet[], travel_cost: PyNumber | null): BookFacts {
  return {
    flight: flightFacts(args),
    card: cardFacts(state, args.card_id),
    user: userOf(state),
    travel_cost,
    balance: recordOf(state.credit_card_list, args.card_id)?.balance ?? null,
    budget_limit: state.budget_limit,
    unmet,
  };
}
