import { describe, expect, test } from "vitest";
import { travel } from "../../environments/travel/index.ts";
import { parseJson } from "../../src/python/json.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

/** Read as the dataset is read, so that 5000.0 stays a float. */
const config = parseJson(`{
  "credit_card_list": {
    "card_1": { "card_number": "4111-1111-1111-1111", "balance": 5000.0, "cardholder_name": "Ann Lee" },
    "12": { "balance": 100 }
  },
  "booking_record": { "old": { "flight_number": "LA123", "cost": 10.0 } },
  "access_token": "abc123", "token_type": "Bearer", "token_expires_in": 3600, "token_scope": "read_write",
  "user_first_name": "Ann", "user_last_name": "Lee", "budget_limit": 1000.0
}`) as Parameters<typeof travel.init>[0];

const extension = {
  travel: {
    creditCards: { card_1: { balance: 1 }, "77": { card_number: "77", balance: 7 } },
    bookings: { booking_901: { card_id: "77", travel_cost: 3 } },
  },
};

const session = (start = travel.init(config)) => sessionOf(travel, start);

const flight = {
  access_token: "abc123",
  card_id: "card_1",
  travel_date: "2026-10-10",
  travel_from: "SFO",
  travel_to: "LAX",
  travel_class: "business",
};

describe("travel", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(travel, lawCases.travel as LawOptions);
  });

  test("books a flight, bills it, and refunds it", () => {
    const { call } = session();
    expect(
      call("get_flight_cost", {
        travel_from: "SFO",
        travel_to: "LAX",
        travel_date: "2026-10-10",
        travel_class: "business",
      }).text,
    ).toBe('{"travel_cost_list": [800.0]}');
    expect(call("book_flight", flight).text).toBe(
      '{"booking_id": "3426812", "transaction_id": "45451592", "booking_status": true, "booking_history": {}}',
    );
    expect(call("retrieve_invoice", { access_token: "abc123", booking_id: "3426812" }).text).toBe(
      '{"invoice": {"booking_id": "3426812", "travel_date": "2026-10-10", "travel_from": "SFO", "travel_to": "LAX", "travel_class": "business", "travel_cost": 800.0, "transaction_id": "45451592"}}',
    );
    expect(call("get_credit_card_balance", { access_token: "abc123", card_id: "card_1" }).text).toBe(
      '{"card_balance": 4200.0}',
    );
    expect(call("cancel_booking", { access_token: "abc123", booking_id: "3426812" }).text).toBe(
      '{"cancel_status": true}',
    );
    expect(call("get_credit_card_balance", { access_token: "abc123", card_id: "card_1" }).text).toBe(
      '{"card_balance": 5000.0}',
    );
  });

  test("the first token of a traveler is that of the reference's seed", () => {
    const { call } = session(travel.init({}));
    const names = { user_first_name: "Ann", user_last_name: "Lee" };
    const login = { client_id: "a", client_secret: "b", refresh_token: "c", grant_type: "read", ...names };
    expect(call("travel_get_login_status").text).toBe('{"status": false}');
    expect(call("authenticate_travel", login).text).toBe(
      '{"expires_in": 2, "access_token": "251675", "token_type": "Bearer", "scope": "read"}',
    );
    expect(call("travel_get_login_status").text).toBe('{"status": true}');
  });

  test("a flight that does not exist comes with all there is to know about it", () => {
    const { call } = session();
    const { text, error } = call("get_flight_cost", { ...flightOnly, travel_from: "san francisco", travel_to: "FCO" });
    expect(text).toBe("Error during execution: No available route for the given airports.");
    expect(error.code).toBe("unknownAirport");
    expect(error.data.unknownAirports).toEqual([
      { argument: "travel_from", given: "san francisco", meant: { airport: "SFO", city: "San Francisco" } },
      { argument: "travel_to", given: "FCO", meant: { airport: "CIA", city: "Rome" } },
    ]);
    const wrongWay = call("get_flight_cost", { ...flightOnly, travel_from: "CDG", travel_to: "LHR" }).error;
    expect(wrongWay).toMatchObject({ code: "noRoute", data: { reverseRoute: true, destinations: [], origins: [] } });
    const indirect = call("get_flight_cost", { ...flightOnly, travel_from: "ORD", travel_to: "HND" }).error;
    expect(indirect.data).toMatchObject({ reverseRoute: false, origins: ["LAX", "JFK"], changes: ["LAX"] });
  });

  test("a digit that Python counts but cannot read ends a fare in its error", () => {
    const { call } = session();
    expect(call("get_flight_cost", { ...flightOnly, travel_date: "2026-10-1²" }).text).toBe(
      "Error during execution: invalid literal for int() with base 10: '²'",
    );
  });

  test("a refused booking tells one reason and knows them all", () => {
    const { call } = session();
    const refused = call("book_flight", { ...flight, access_token: "x", card_id: "12", travel_class: "coach" });
    expect(refused.text).toBe('{"booking_status": false, "error": "Invalid access token"}');
    expect(refused.after).toBe(refused.before);
    expect(refused.error.data.unmet).toEqual(["invalidToken", "invalidClass", "balanceBelowBudget"]);
    const poor = call("book_flight", { ...flight, card_id: "12" });
    expect(poor.text).toBe('{"booking_status": false, "error": "Insufficient funds"}');
    expect(poor.error.data).toMatchObject({
      travel_cost: { $float: "800.0" },
      balance: 100,
      unmet: ["insufficientFunds", "balanceBelowBudget"],
    });
    expect(call("book_flight", { ...flight, card_id: "4111111111111111" }).error).toMatchObject({
      code: "cardNotRegistered",
      data: { card: { registered: ["card_1", "12"], idOfNumber: "card_1" } },
    });
  });

  test("tells a missing login from a wrong or an expired token", () => {
    const args = { access_token: "x" };
    expect(session().call("get_booking_history", args).error.code).toBe("invalidToken");
    const stranger = session(travel.init({})).call("get_booking_history", args);
    expect(stranger.error.code).toBe("notLoggedIn");
    expect(stranger.text).toBe('{"error": "Invalid access token"}');
    const expired = session(travel.init({ access_token: "x", token_expires_in: 0 })).call("cancel_booking", {
      ...args,
      booking_id: "b",
    });
    expect(expired.text).toBe('{"cancel_status": false, "error": "Token expired"}');
  });

  test("tells a booking that was cancelled, or meant by another id, from one that never was", () => {
    const { call } = session();
    call("book_flight", flight);
    const insured = {
      access_token: "abc123",
      insurance_type: "full",
      booking_id: "3426812",
      insurance_cost: 50,
      card_id: "card_1",
    };
    const insurance = JSON.parse(call("purchase_insurance", insured).text).insurance_id;
    const byInsurance = call("retrieve_invoice", { access_token: "abc123", insurance_id: insurance });
    expect(byInsurance.error).toMatchObject({ code: "bookingNotNamed", data: { bookingMeant: "3426812" } });
    const byTransaction = call("contact_customer_support", { booking_id: "45451592", message: "hello" });
    expect(byTransaction.error).toMatchObject({ code: "bookingNotFound", data: { bookingMeant: "3426812" } });
    call("cancel_booking", { access_token: "abc123", booking_id: "3426812" });
    const gone = call("retrieve_invoice", { access_token: "abc123", booking_id: "3426812" });
    expect(gone.error).toMatchObject({ code: "bookingCancelled", data: { bookings: ["old"], cancelled: ["3426812"] } });
    expect(gone.text).toBe('{"error": "Booking not found"}');
  });

  test("a booking made elsewhere has no invoice: Python raises the first key that it misses", () => {
    const { call } = session();
    const { text, error } = call("retrieve_invoice", { access_token: "abc123", booking_id: "old" });
    expect(text).toBe("Error during execution: 'travel_date'");
    expect(error.data.missing).toContain("transaction_id");
    expect(error.data.present).toEqual(["flight_number", "cost"]);
  });

  test("a traveler's age is told by the day in the state", () => {
    const born = { first_name: "Ann", last_name: "Lee", date_of_birth: "2007-10-25", passport_number: "P1" };
    const young = session().call("verify_traveler_information", born);
    expect(young.text).toBe(
      '{"verification_status": false, "verification_failure": "Traveler must be at least 18 years old."}',
    );
    expect(young.error.data).toMatchObject({ age: 17, unmet: ["underage", "foreignPassport"] });
    const later = session(travel.init({ ...config, today: "2025-10-25" }));
    expect(later.call("verify_traveler_information", { ...born, passport_number: "US1" }).text).toBe(
      '{"verification_status": true}',
    );
  });

  test("an unknown city is a soft failure", () => {
    const { text, error } = session().call("get_nearest_airport_by_city", { location: "Rome, Italy" });
    expect(text).toBe('{"nearest_airport": "Unknown"}');
    expect(error.data.meant).toEqual({ airport: "CIA", city: "Rome" });
    expect(travel.tools.get_nearest_airport_by_city.spec.failures?.unknownCity.soft).toBe(true);
  });

  test("keeps ids and fields in the order in which they were given", () => {
    expect(session().call("get_all_credit_cards").text).toBe(
      '{"credit_card_list": {"card_1": {"card_number": "4111-1111-1111-1111", "balance": 5000.0, "cardholder_name": "Ann Lee"}, "12": {"balance": 100}}}',
    );
  });

  test("long-context mode adds cards and bookings where the id is free, and leaves its pack alone", () => {
    const before = JSON.stringify(extension);
    const { call } = session(travel.init(config, extension));
    expect(call("cancel_booking", { access_token: "abc123", booking_id: "booking_901" }).text).toBe(
      '{"cancel_status": true}',
    );
    expect(call("get_credit_card_balance", { access_token: "abc123", card_id: "77" }).text).toBe(
      '{"card_balance": 10}',
    );
    expect(call("get_credit_card_balance", { access_token: "abc123", card_id: "card_1" }).text).toBe(
      '{"card_balance": 5000.0}',
    );
    expect(JSON.stringify(extension)).toBe(before);
    const { outcome } = call("get_flight_cost", flightOnly);
    expect((outcome as any).value.travel_cost_list).toHaveLength(153);
  });

  test("names what it does not know in a config", () => {
    expect(() => travel.init({ credit_card_list: { c: { balanse: 5 } } })).toThrow(/balanse/);
  });
});

const { access_token: _token, card_id: _card, ...flightOnly } = flight;
