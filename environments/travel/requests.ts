import type { SeededRandom } from "../../src/core/seeded-random.ts";
import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { travel } from "./index.ts";
import { firstNames, lastNames } from "./login.ts";
import type { State } from "./state.ts";

const dates = (_: unknown, random: SeededRandom) => [invent.date(random)];
const digits = (random: SeededRandom, count: number) => Array.from({ length: count }, () => random.below(10)).join("");

/** How users speak of the travel agency. */
export const travelRequests = defineRequests(travel, {
  nouns: {
    client_id: "client id",
    access_token: "access token",
    card_id: "card",
    booking_id: "booking",
    travel_from: "airport of departure",
    travel_to: "airport of arrival",
    travel_date: "day of travel",
    travel_class: "class",
    base_currency: "currency",
    budget_limit: { noun: "limit", open: "a certain number of" },
    insurance_cost: { noun: "cost", open: "a certain number of" },
    location: "city",
    user_first_name: "first name",
    user_last_name: "last name",
    card_verification_number: "verification number",
    value: "amount",
  },
  tools: {
    authenticate_travel: {
      ask: (said) =>
        `log in to the travel system with client id ${said.client_id}, client secret ${said.client_secret}, refresh token ${said.refresh_token} and grant type ${said.grant_type}, for the traveler with first name ${said.user_first_name} and last name ${said.user_last_name}`,
      values: {
        client_id: (_, random) => [invent.code(random)],
        client_secret: (_, random) => [invent.code(random)],
        refresh_token: (_, random) => [`rf-${digits(random, 6)}`],
        user_first_name: (state: State, random) => orElse(firstNames(state), invent.name(random)),
        user_last_name: (state: State, random) => orElse(lastNames(state), invent.fullName(random).split(" ")[1]!),
      },
    },
    travel_get_login_status: () => "check whether the travel session is still open",
    get_budget_fiscal_year: {
      ask: () => "tell me the fiscal year of the travel budget",
      // The filters change nothing.
      values: { lastModifiedAfter: () => [null], includeRemoved: () => [null] },
    },
    register_credit_card: {
      ask: (said) =>
        `register the card number ${said.card_number}, which expires on ${said.expiration_date}, belongs to ${said.cardholder_name} and has the verification number ${said.card_verification_number} (access token ${said.access_token})`,
      values: {
        card_number: (_, random) => [`4${digits(random, 15)}`],
        expiration_date: (_, random) => [`0${1 + random.below(9)}/20${28 + random.below(8)}`],
        cardholder_name: (_, random) => [invent.fullName(random)],
        card_verification_number: (_, random) => [100 + random.below(900)],
      },
    },
    get_flight_cost: {
      ask: (said) =>
        `tell me what a flight from ${said.travel_from} to ${said.travel_to} costs on ${said.travel_date} in the class ${said.travel_class}`,
      values: { travel_date: dates },
    },
    get_credit_card_balance: ({ access_token, card_id }) =>
      `tell me the balance of the card ${card_id} (access token ${access_token})`,
    book_flight: {
      ask: (said) =>
        `book a flight from ${said.travel_from} to ${said.travel_to} on ${said.travel_date} in the class ${said.travel_class}, paid with the card ${said.card_id} (access token ${said.access_token})`,
      values: { travel_date: dates },
    },
    retrieve_invoice: {
      ask: ({ access_token, booking_id }) =>
        `show me the invoice${booking_id ? ` of the booking ${booking_id}` : ""} (access token ${access_token})`,
      values: { insurance_id: () => [null] },
    },
    get_booking_history: ({ access_token }) => `list all my bookings (access token ${access_token})`,
    list_all_airports: () => "list the codes of all airports",
    cancel_booking: ({ access_token, booking_id }) => `cancel the booking ${booking_id} (access token ${access_token})`,
    compute_exchange_rate: ({ base_currency, target_currency, value }) =>
      `convert ${value} from ${base_currency} to ${target_currency}`,
    verify_traveler_information: {
      ask: (said) =>
        `verify the traveler with first name ${said.first_name} and last name ${said.last_name}, born on ${said.date_of_birth}, with the passport number ${said.passport_number}`,
      values: {
        date_of_birth: (_, random) => [`19${60 + random.below(40)}-0${1 + random.below(9)}-${10 + random.below(18)}`],
        passport_number: (_, random) => [`US${digits(random, 9)}`],
      },
    },
    set_budget_limit: {
      ask: ({ access_token, budget_limit }) =>
        `set my budget limit to ${budget_limit} dollars (access token ${access_token})`,
      values: { budget_limit: (_, random) => [50 * (1 + random.below(60))] },
    },
    get_nearest_airport_by_city: ({ location }) => `tell me the airport that serves ${location}`,
    purchase_insurance: {
      ask: (said) =>
        `buy the insurance ${said.insurance_type} for the booking ${said.booking_id} at ${said.insurance_cost} dollars, paid with the card ${said.card_id} (access token ${said.access_token})`,
      values: {
        insurance_type: () => ["comprehensive", "basic", "medical", "luggage"],
        insurance_cost: (_, random) => [20 + 10 * random.below(15)],
      },
    },
    contact_customer_support: {
      ask: ({ booking_id, message }) => `tell customer support about the booking ${booking_id}: ${message}`,
      values: { message: (_, random) => [invent.sentence(random)] },
    },
    get_all_credit_cards: () => "list all registered credit cards",
  },
});

function orElse(known: readonly string[], other: string): readonly string[] {
  return known.length > 0 ? known : [other];
}
