import type { ArgsOf } from "../../src/core/tool.ts";
import type { Advice } from "../../src/feedback/advice.ts";
import { adviceOnUnmet, type Unmet } from "../../src/feedback/all-unmet.ts";
import { defineHints, type HintContext } from "../../src/feedback/define-hints.ts";
import { ago } from "../../src/feedback/history.ts";
import { compare } from "../../src/python/number.ts";
import { invoiceFields } from "./bookings.ts";
import { cityObstacle } from "./hints/airports.ts";
import { bookingObstacles, incompleteObstacles } from "./hints/bookings.ts";
import { chooseCard } from "./hints/cards.ts";
import { exchangeObstacles } from "./hints/currencies.ts";
import { chooseFlight } from "./hints/flights.ts";
import { loginObstacles, noLogin } from "./hints/login.ts";
import { overBudget, paymentObstacles } from "./hints/payment.ts";
import { named } from "./hints/phrases.ts";
import { travelerObstacles } from "./hints/travelers.ts";
import { travel } from "./index.ts";
import { recordOf } from "./records.ts";
import type { State } from "./state.ts";

type Context<Tool extends keyof typeof travel.tools> = HintContext<State, ArgsOf<(typeof travel.tools)[Tool]>>;

/** A message tells the first obstacle alone; the hint tells them all, so a tool's failures share one rule. */
const rule =
  <Tool extends keyof typeof travel.tools>(obstaclesOf: (context: Context<Tool>) => readonly Unmet[]) =>
  (context: Context<Tool>): Advice =>
    adviceOnUnmet(obstaclesOf(context));

const login = rule<"set_budget_limit" | "get_booking_history">(({ state, args, history }) =>
  loginObstacles(state, args.access_token, history),
);
const behindLogin = { tokenExpired: login, notLoggedIn: login, invalidToken: login };

const booking = rule<"book_flight">(({ state, args, history }) => {
  const flight = chooseFlight(args, true);
  const { card, funds } = paymentObstacles(state, args.card_id, flight.meant, history);
  return [...loginObstacles(state, args.access_token, history), ...card, ...flight.obstacles, ...funds];
});

const fare = rule<"get_flight_cost">(({ args, error }) => {
  const { obstacles } = chooseFlight(args, false);
  // One of two unknown airports put right alone would fail in the same words.
  return error.code === "unknownAirport" && error.data.unknownAirports.length > 1
    ? obstacles.map(withoutValues)
    : obstacles;
});
const withoutValues = ({ values, ...obstacle }: Unmet): Unmet => obstacle;

const exchange = rule<"compute_exchange_rate">(({ args, history }) => exchangeObstacles(args, history));

const balance = rule<"get_credit_card_balance">(({ state, args, history }) => [
  ...loginObstacles(state, args.access_token, history),
  ...chooseCard(state, args.card_id, null, history).obstacles,
]);

const registering = rule<"register_credit_card">(({ state, args, history }) => [
  ...(state.token_expires_in === null ? [noLogin] : loginObstacles(state, args.access_token, history)),
  ...registeredObstacles(state, args.card_number, history),
]);

function registeredObstacles(
  state: State,
  number: string,
  history: Context<"register_credit_card">["history"],
): Unmet[] {
  const card = recordOf(state.credit_card_list, number);
  if (!card) return [];
  const made = history.findLast(
    ({ call, failure, text }) => failure === undefined && call.tool === "register_credit_card" && text.includes(number),
  );
  return [
    {
      condition: "the card is not registered yet",
      now: `${named(number)} is the id of a registered card${made ? `, returned ${ago(made)}` : ""}`,
      way: "Nothing need be registered: give this id wherever a 'card_id' is asked for.",
    },
  ];
}

const cancelling = rule<"cancel_booking">(({ state, args, history }) => [
  ...loginObstacles(state, args.access_token, history),
  ...bookingObstacles(state, args.booking_id, history),
  ...incompleteObstacles(state, args.booking_id, ["card_id", "travel_cost"], "a cancellation"),
]);

const invoice = rule<"retrieve_invoice">(({ state, args, history }) => [
  ...loginObstacles(state, args.access_token, history),
  ...bookingObstacles(state, args.booking_id, history, args.insurance_id),
  ...incompleteObstacles(state, args.booking_id, invoiceFields, "an invoice"),
]);

const support = rule<"contact_customer_support">(({ state, args, history }) =>
  bookingObstacles(state, args.booking_id, history),
);

const insuring = rule<"purchase_insurance">(({ state, args, history }) => {
  const { budget_limit: limit } = state;
  return [
    ...loginObstacles(state, args.access_token, history),
    ...(limit !== null && compare(limit, args.insurance_cost) < 0
      ? [overBudget(limit, args.insurance_cost, history)]
      : []),
    ...bookingObstacles(state, args.booking_id, history),
    ...chooseCard(state, args.card_id, null, history).obstacles,
  ];
});

const verifying = rule<"verify_traveler_information">(({ state, args }) => travelerObstacles(state, args));

/** Hints on the failures of the travel agency. */
export const travelHints = defineHints(travel, {
  register_credit_card: {
    tokenNotInitialized: registering,
    tokenExpired: registering,
    notLoggedIn: registering,
    invalidToken: registering,
    alreadyRegistered: registering,
  },
  get_flight_cost: { unknownAirport: fare, sameAirport: fare, noRoute: fare, invalidClass: fare },
  get_credit_card_balance: {
    tokenExpired: balance,
    notLoggedIn: balance,
    invalidToken: balance,
    notRegistered: balance,
  },
  book_flight: {
    tokenExpired: booking,
    notLoggedIn: booking,
    invalidToken: booking,
    cardNotRegistered: booking,
    balanceNotFound: booking,
    unknownDeparture: booking,
    unknownDestination: booking,
    invalidDate: booking,
    invalidClass: booking,
    sameAirport: booking,
    noRoute: booking,
    insufficientFunds: booking,
    balanceBelowBudget: booking,
  },
  retrieve_invoice: {
    tokenExpired: invoice,
    notLoggedIn: invoice,
    invalidToken: invoice,
    bookingNotFound: invoice,
    bookingCancelled: invoice,
    bookingNotNamed: invoice,
    incompleteBooking: invoice,
  },
  get_booking_history: behindLogin,
  cancel_booking: {
    tokenExpired: cancelling,
    notLoggedIn: cancelling,
    invalidToken: cancelling,
    bookingNotFound: cancelling,
    bookingCancelled: cancelling,
    incompleteBooking: cancelling,
  },
  compute_exchange_rate: { unknownCurrency: exchange, sameCurrency: exchange, noDirectRate: exchange },
  verify_traveler_information: {
    notLoggedIn: verifying,
    anotherTraveler: verifying,
    invalidDateOfBirth: verifying,
    underage: verifying,
    foreignPassport: verifying,
  },
  set_budget_limit: behindLogin,
  get_nearest_airport_by_city: {
    unknownCity: rule<"get_nearest_airport_by_city">(({ args }) => [cityObstacle(args.location)]),
  },
  purchase_insurance: {
    tokenExpired: insuring,
    notLoggedIn: insuring,
    invalidToken: insuring,
    overBudget: insuring,
    bookingNotFound: insuring,
    bookingCancelled: insuring,
    cardNotRegistered: insuring,
  },
  contact_customer_support: { bookingNotFound: support, bookingCancelled: support },
});
