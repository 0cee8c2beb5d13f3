import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { travelHints } from "../../environments/travel/hints.ts";
import { travel } from "../../environments/travel/index.ts";
import { declaredFailures } from "../../src/feedback/declared-failures.ts";
import type { Hint } from "../../src/feedback/hint.ts";
import { hintsOf } from "../feedback/hints-of.ts";

type Made = readonly [string, Record<string, unknown>];

const token = "tok-ann-77";
const ann = {
  credit_card_list: {
    card_1: { card_number: "4111-1111-1111-1111", balance: 5000 },
    poor: { balance: 100 },
    blank: {},
  },
  booking_record: {
    bk_1: {
      card_id: "card_1",
      travel_date: "2026-10-10",
      travel_from: "SFO",
      travel_to: "LAX",
      travel_class: "economy",
      travel_cost: 400,
      transaction_id: "tr_1",
    },
    old: { flight_number: "LA123", cost: 10 },
  },
  access_token: token,
  token_type: "Bearer",
  token_expires_in: 3600,
  token_scope: "read_write",
  user_first_name: "Ann",
  user_last_name: "Lee",
  budget_limit: 1000,
};
const expired = { ...ann, token_expires_in: 0 };
const nobody = { ...ann, access_token: null, user_first_name: null, user_last_name: null };
const bob = { ...ann, access_token: "tok-bob-88", user_first_name: "Bob" };
const empty = { ...ann, credit_card_list: {}, booking_record: {}, budget_limit: null };

const flight = {
  access_token: token,
  card_id: "card_1",
  travel_date: "2026-10-11",
  travel_from: "SFO",
  travel_to: "LAX",
  travel_class: "economy",
};
const fare = { travel_date: "2026-10-11", travel_from: "SFO", travel_to: "LAX", travel_class: "economy" };
const insurance = {
  access_token: token,
  insurance_type: "full",
  insurance_cost: 200,
  booking_id: "bk_1",
  card_id: "card_1",
};
const card = {
  access_token: token,
  card_number: "4222",
  expiration_date: "10/2030",
  cardholder_name: "Ann Lee",
  card_verification_number: 123,
};
const traveler = {
  first_name: "Ann",
  last_name: "Lee",
  date_of_birth: "1990-05-14",
  passport_number: "US123",
};
const login: Made = [
  "authenticate_travel",
  {
    client_id: "c",
    client_secret: "s",
    refresh_token: "r",
    grant_type: "read_write",
    user_first_name: "Ann",
    user_last_name: "Lee",
  },
];
const cancel: Made = ["cancel_booking", { access_token: token, booking_id: "bk_1" }];

/** The failing call comes last. `elsewhere` is a state in which the same calls read differently. */
interface Scenario {
  readonly code: string;
  readonly calls: readonly Made[];
  readonly state: object;
  readonly elsewhere?: object;
}

const behindLogin: readonly Made[] = [
  ["register_credit_card", card],
  ["get_credit_card_balance", { access_token: token, card_id: "card_1" }],
  ["book_flight", flight],
  ["retrieve_invoice", { access_token: token, booking_id: "bk_1" }],
  ["get_booking_history", { access_token: token }],
  cancel,
  ["set_budget_limit", { access_token: token, budget_limit: 10 }],
  ["purchase_insurance", insurance],
];
const loginScenarios = behindLogin.flatMap((call): Scenario[] => [
  { code: "tokenExpired", calls: [call], state: expired, elsewhere: nobody },
  { code: "notLoggedIn", calls: [call], state: nobody, elsewhere: bob },
  { code: "invalidToken", calls: [call], state: bob, elsewhere: expired },
]);

const booked = (change: object, code: string, elsewhere: object = empty, state: object = ann): Scenario => ({
  code,
  calls: [["book_flight", { ...flight, ...change }]],
  state,
  elsewhere,
});
const over = (tool: string, args: object, code: string, elsewhere: object, before: readonly Made[] = []): Scenario => ({
  code,
  calls: [...before, [tool, { access_token: token, ...args }]],
  state: ann,
  elsewhere,
});
const fixed = (tool: string, args: Record<string, unknown>, code: string): Scenario => ({
  code,
  calls: [[tool, args]],
  state: ann,
});

const scenarios: readonly Scenario[] = [
  ...loginScenarios,
  {
    code: "tokenNotInitialized",
    calls: [["register_credit_card", { ...card, card_number: "poor" }]],
    state: { ...nobody, token_expires_in: null },
    elsewhere: ann,
  },
  over("register_credit_card", { ...card, card_number: "card_1" }, "alreadyRegistered", bob),
  over("get_credit_card_balance", { card_id: "4111 1111 1111 1111" }, "notRegistered", empty),
  booked({ card_id: "card_9" }, "cardNotRegistered"),
  booked({ card_id: "blank" }, "balanceNotFound"),
  booked({ travel_from: "San Francisco" }, "unknownDeparture"),
  booked({ travel_to: "PVG", travel_from: "JFK" }, "unknownDestination"),
  booked({ travel_date: "10/11/2026" }, "invalidDate"),
  booked({ travel_class: "Business Class" }, "invalidClass"),
  booked({ travel_to: "SFO" }, "sameAirport"),
  booked({ travel_from: "LHR", travel_to: "JFK" }, "noRoute"),
  booked({ card_id: "poor" }, "insufficientFunds"),
  booked({}, "balanceBelowBudget", { ...ann, budget_limit: 9000 }, { ...ann, budget_limit: 6000 }),
  over("retrieve_invoice", { booking_id: "tr_1" }, "bookingNotFound", empty),
  over("retrieve_invoice", {}, "bookingNotNamed", empty),
  over("retrieve_invoice", { booking_id: "old" }, "incompleteBooking", empty),
  over(
    "retrieve_invoice",
    { booking_id: "bk_1" },
    "bookingCancelled",
    { ...ann, booking_record: { bk_1: ann.booking_record.bk_1 } },
    [cancel],
  ),
  over("cancel_booking", { booking_id: "bk_2" }, "bookingNotFound", empty),
  over(
    "cancel_booking",
    { booking_id: "bk_1" },
    "bookingCancelled",
    { ...ann, booking_record: { bk_1: ann.booking_record.bk_1 } },
    [cancel],
  ),
  over("cancel_booking", { booking_id: "old" }, "incompleteBooking", empty),
  over("purchase_insurance", { ...insurance, insurance_cost: 2000 }, "overBudget", { ...ann, budget_limit: 500 }),
  over("purchase_insurance", { ...insurance, booking_id: "bk_2" }, "bookingNotFound", empty),
  over(
    "purchase_insurance",
    insurance,
    "bookingCancelled",
    { ...ann, booking_record: { bk_1: ann.booking_record.bk_1 } },
    [cancel],
  ),
  over("purchase_insurance", { ...insurance, card_id: "card_9" }, "cardNotRegistered", empty),
  {
    code: "bookingNotFound",
    calls: [["contact_customer_support", { booking_id: "LA123", message: "?" }]],
    state: ann,
    elsewhere: empty,
  },
  {
    code: "bookingCancelled",
    calls: [cancel, ["contact_customer_support", { booking_id: "bk_1", message: "?" }]],
    state: ann,
    elsewhere: { ...ann, booking_record: { bk_1: ann.booking_record.bk_1 } },
  },
  { code: "notLoggedIn", calls: [["verify_traveler_information", traveler]], state: nobody, elsewhere: bob },
  { code: "anotherTraveler", calls: [["verify_traveler_information", traveler]], state: bob, elsewhere: nobody },
  ...(
    [
      ["invalidDateOfBirth", { date_of_birth: "14 May 1990" }],
      ["underage", { date_of_birth: "2015-01-01" }],
      ["foreignPassport", { passport_number: "P87654321" }],
    ] as const
  ).map(
    ([code, change]): Scenario => ({
      code,
      calls: [["verify_traveler_information", { ...traveler, ...change }]],
      state: ann,
      elsewhere: bob,
    }),
  ),
  // The network of flights, the rates and the cities are no part of the state.
  fixed("get_flight_cost", { ...fare, travel_to: "FCO" }, "unknownAirport"),
  fixed("get_flight_cost", { ...fare, travel_to: "SFO" }, "sameAirport"),
  fixed("get_flight_cost", { ...fare, travel_from: "CDG", travel_to: "LHR" }, "noRoute"),
  fixed("get_flight_cost", { ...fare, travel_class: "premium" }, "invalidClass"),
  fixed("compute_exchange_rate", { base_currency: "USD", target_currency: "RMS", value: 420 }, "unknownCurrency"),
  fixed("compute_exchange_rate", { base_currency: "EUR", target_currency: "EUR", value: 420 }, "sameCurrency"),
  fixed("compute_exchange_rate", { base_currency: "EUR", target_currency: "GBP", value: 420 }, "noDirectRate"),
  fixed("get_nearest_airport_by_city", { location: "San Fransisco" }, "unknownCity"),
];
const toolOf = ({ calls }: Scenario) => calls.at(-1)![0];

describe("every failure of travel", () => {
  test("is among the scenarios", () => {
    const named = new Set(scenarios.map((scenario) => `${toolOf(scenario)} ${scenario.code}`));
    expect([...named].sort()).toEqual(
      declaredFailures(travel as never)
        .map(({ tool, code }) => `${tool} ${code}`)
        .sort(),
    );
  });

  test.each(scenarios.map((scenario) => [`${toolOf(scenario)} ${scenario.code}`, scenario] as const))(
    "%s has a hint that tells its state",
    (_, { code, calls, state, elsewhere }) => {
      const here = hintsOf(travelHints, state, calls);
      expect(here.code).toBe(code);
      expect(here.guide!.text.length).toBeGreaterThan(here.diagnose!.text.length);
      expect(here.guide!.suggestion.unmet!.length).toBeGreaterThan(0);
      expect(here.direct!.text.length).toBeLessThan(1200);
      const text = JSON.stringify(here);
      expect(text).not.toContain("tok-bob-88");
      if (elsewhere) expect(hintsOf(travelHints, elsewhere, calls).guide!.text).not.toBe(here.guide!.text);
    },
  );
});

const play = (config: object, calls: readonly Made[]) => {
  let state = travel.init(config as never);
  return calls.map(([tool, args]) => {
    const step = travel.step(state, { tool, args } as never);
    state = step.state;
    return step.outcome;
  });
};

/** Reads nothing but a hint's text and the answers to its own calls, and books. Returns all outcomes, the booking's last. */
function bookByHint(config: object, wanted: Record<string, unknown>, text: string) {
  let state = travel.init(config as never);
  const outcomes: ReturnType<typeof travel.step>["outcome"][] = [];
  const call = (tool: string, args: object): any => {
    const step = travel.step(state, { tool, args } as never);
    state = step.state;
    outcomes.push(step.outcome);
    return step.outcome.ok ? step.outcome.value : {};
  };
  const args = { ...wanted };
  if (/log in /i.test(text)) args.access_token = call(...login).access_token;
  for (const [, argument, value] of text.matchAll(/for '(\w+)', (?:give|write) '([^']+)'/gi)) args[argument!] = value;
  if (/register (a|another) card/i.test(text))
    args.card_id = call("register_credit_card", { ...card, access_token: args.access_token }).card_id;
  const limit = /set the limit to ([-\d.]+) USD or less/.exec(text);
  if (limit) call("set_budget_limit", { access_token: args.access_token, budget_limit: Number(limit[1]) });
  call("book_flight", args);
  return outcomes;
}

test("one hint names all that stands in the way of a booking; a reader of it books without a further failure", () => {
  const config = fc.record({
    access_token: fc.constantFrom(token, token, null, "tok-bob-88"),
    token_expires_in: fc.constantFrom(3600, 3600, 0),
    budget_limit: fc.constantFrom(null, 100, 3000, 9000),
    credit_card_list: fc.constantFrom(
      {},
      { main: { card_number: "4111 2222", balance: 50000 } },
      { main: { card_number: "4111 2222", balance: 500 } },
      { main: { card_number: "4111 2222", balance: 90 }, other: { balance: { $float: "20000.0" } } },
      { main: { card_number: "4111 2222" }, other: { balance: 20000 } },
      { main: { card_number: "4111 2222" } },
    ),
  });
  const wanted = fc.record({
    access_token: fc.constant(token),
    card_id: fc.constantFrom("main", "main", "4111-2222", "card_9"),
    travel_date: fc.constantFrom("2026-10-11", "2026-10-10", "10/11/2026", "Oct 10, 2026", "2026/10/25"),
    travel_from: fc.constantFrom("SFO", "San Francisco", "JFK", "lax", "LHR", "GFD"),
    travel_to: fc.constantFrom("LAX", "Rome", "FCO", "BOS", "Chicago", "PEK", "CDG"),
    travel_class: fc.constantFrom("economy", "business", "first", "Business Class", "premium"),
  });
  const met: number[] = [];
  fc.assert(
    fc.property(config, wanted, (state, args) => {
      // A flight from an airport to itself leaves nothing to advise.
      fc.pre(!(args.travel_from === "lax" && args.travel_to === "LAX"));
      const [outcome] = play(state, [["book_flight", args]]);
      if (outcome!.ok) return;
      const { guide, direct } = hintsOf(travelHints, state, [["book_flight", args]]);
      const hint: Hint = guide!;
      expect(hint.suggestion.unmet!.length).toBeGreaterThanOrEqual((outcome!.error.data as any).unmet.length);
      expect(direct!.text.length).toBeLessThan(1200);
      const outcomes = bookByHint(state, args, hint.text);
      const failed = outcomes.filter(({ ok }) => !ok);
      expect(failed, `${hint.text}\n${JSON.stringify([state, args])}`).toEqual([]);
      met.push(hint.suggestion.unmet!.length);
    }),
    { numRuns: 500 },
  );
  expect(met.filter((unmet) => unmet >= 4).length).toBeGreaterThan(50);
});

const hints = (calls: readonly Made[], state: object = ann) => hintsOf(travelHints, state, calls);

describe("what the released code's augmentation got wrong", () => {
  test("an airport that is not listed but has fares is not called unknown", () => {
    const { guide } = hints([["get_flight_cost", { ...fare, travel_to: "PVG" }]]);
    expect(guide!.suggestion).toMatchObject({ argument: "travel_from", values: ["JFK"] });
    expect(play(ann, [["get_flight_cost", { ...fare, travel_from: "JFK", travel_to: "PVG" }]])[0]!.ok).toBe(true);
    const booking = hints([["book_flight", { ...flight, travel_from: "JFK", travel_to: "PVG" }]]);
    expect(booking.guide!.text).toContain("A flight to 'PVG' cannot be booked");
  });

  test("two valid codes without a route are not to be verified: the way round is told", () => {
    const back = hints([["get_flight_cost", { ...fare, travel_from: "CDG", travel_to: "LHR" }]]);
    expect(back.diagnose!.text).toContain("none from 'CDG' to 'LHR', though both exist; only the other way");
    const change = hints([["get_flight_cost", { ...fare, travel_from: "CRH", travel_to: "LAX" }]]);
    const { values } = change.guide!.suggestion;
    expect(values).toEqual(["SFO", "RMS", "JFK"]);
    for (const stop of values as string[])
      for (const leg of [
        { travel_from: "CRH", travel_to: stop },
        { travel_from: stop, travel_to: "LAX" },
      ])
        expect(play(ann, [["get_flight_cost", { ...fare, ...leg }]])[0]!.ok).toBe(true);
  });

  test("two known currencies without a rate are not called unsupported", () => {
    const convert = (base_currency: string, target_currency: string): Made => [
      "compute_exchange_rate",
      { base_currency, target_currency, value: 420 },
    ];
    const first = hints([convert("EUR", "GBP")]).guide!;
    expect(first.suggestion).toMatchObject({ argument: "target_currency", values: ["USD"] });
    const second = hints([convert("EUR", "USD"), convert("EUR", "GBP")]).guide!;
    expect(second.text).toContain("The amount in USD was returned 1 call ago");
    expect(second.suggestion).toMatchObject({ argument: "base_currency", values: ["USD"] });
    expect(hints([convert("EUR", "yuan")]).guide!.text).toMatch(/give 'RMB'[\s\S]*'USD' for 'target_currency' first/);
  });
});

describe("the history", () => {
  test("a token is not told, but where it came from is", () => {
    const { guide, direct } = hints([
      login,
      ["get_budget_fiscal_year", {}],
      ["get_booking_history", { access_token: "wrong" }],
    ]);
    expect(guide!.text).toContain("give the one that logging in returned 2 calls ago");
    const [answer] = play(ann, [login]);
    expect(JSON.stringify([guide, direct])).not.toContain((answer as any).value.access_token);
    const used: Made = ["get_booking_history", { access_token: token }];
    expect(hints([used, ["get_booking_history", { access_token: "wrong" }]]).guide!.text).toContain(
      "the one with which a call succeeded 1 call ago",
    );
  });

  test("a cancelled booking is told apart from one that never was", () => {
    const invoice: Made = ["retrieve_invoice", { access_token: token, booking_id: "bk_1" }];
    expect(hints([cancel, ["get_budget_fiscal_year", {}], invoice]).diagnose!.text).toContain(
      "'bk_1' was cancelled 2 calls ago and its price refunded",
    );
    expect(hints([invoice], { ...ann, booking_record: { old: {} } }).diagnose!.text).toContain("'bk_1' is none");
  });

  test("an insurance leads to the booking it is for, cancelled or not", () => {
    const buy: Made = ["purchase_insurance", insurance];
    const insured = (play(ann, [buy])[0] as any).value.insurance_id;
    const invoice: Made = ["retrieve_invoice", { access_token: token, insurance_id: insured }];
    expect(hints([buy, invoice]).guide!.suggestion).toMatchObject({ argument: "booking_id", values: ["bk_1"] });
    expect(hints([buy, cancel, invoice]).diagnose!.text).toContain("'bk_1' was cancelled 1 call ago");
  });

  test("the id of a card that was just registered is pointed at", () => {
    const register: Made = ["register_credit_card", card];
    const id = (play(empty, [register])[0] as any).value.card_id;
    const { guide } = hints([register, ["book_flight", { ...flight, card_id: "4222" }]], empty);
    expect(guide!.suggestion.values).toEqual([id]);
    expect(guide!.text).toContain("registering it returned that id 1 call ago");
  });
});

test.each<[Made, string, unknown]>([
  [["get_flight_cost", { ...fare, travel_to: "FCO" }], "travel_to", ["CIA"]],
  [["get_flight_cost", { ...fare, travel_to: "Los Angeles, CA" }], "travel_to", ["LAX"]],
  [["get_flight_cost", { ...fare, travel_to: "Chicago (ORD)" }], "travel_to", ["ORD"]],
  [["get_nearest_airport_by_city", { location: "NYC" }], "location", ["New York"]],
  [["get_nearest_airport_by_city", { location: "Crescent" }], "location", ["Crescent Hollow"]],
  [["compute_exchange_rate", { base_currency: "USD", target_currency: "RMS", value: 420 }], "target_currency", ["RMB"]],
  [["book_flight", { ...flight, card_id: "4111 1111 1111 1111" }], "card_id", ["card_1"]],
  [["book_flight", { ...flight, card_id: "poor" }], "card_id", ["card_1"]],
  [["verify_traveler_information", { ...traveler, last_name: "Leigh" }], "last_name", ["Lee"]],
  [["verify_traveler_information", { ...traveler, date_of_birth: "14/05/1990" }], "date_of_birth", ["1990-05-14"]],
  [["contact_customer_support", { booking_id: "LA123", message: "" }], "booking_id", ["old"]],
])("%j: %s is to be %j, which works", ([tool, args], argument, values) => {
  const { guide } = hints([[tool, args]]);
  expect(guide!.suggestion).toMatchObject({ argument, values });
  for (const value of values as unknown[])
    expect(play(ann, [[tool, { ...args, [argument]: value }]])[0]!.ok).toBe(true);
});

test("what no call can put right is said so, with nothing to try", () => {
  const minor = hints([["verify_traveler_information", { ...traveler, date_of_birth: "2015-01-01" }]]);
  expect(minor.direct!.text).toMatch(/10 years old on 2025-10-24[\s\S]*say so, and make up none/);
  expect(minor.direct!.suggestion.values).toBeUndefined();
  const cancelled = hints([cancel, ["contact_customer_support", { booking_id: "bk_1", message: "" }]], {
    ...ann,
    booking_record: { bk_1: ann.booking_record.bk_1 },
  });
  expect(cancelled.direct!.text).toContain("No call reaches it any more: say so.");
  expect(cancelled.direct!.suggestion.tools).toBeUndefined();
});
