import { dictAttribute } from "../../src/python/entries.ts";
import {
  authenticate_travel,
  get_budget_fiscal_year,
  set_budget_limit,
  travel_get_login_status,
} from "./account-tools.ts";
import { book_flight } from "./book-tool.ts";
import { cancel_booking, contact_customer_support, get_booking_history, retrieve_invoice } from "./booking-tools.ts";
import { get_all_credit_cards, get_credit_card_balance, register_credit_card } from "./card-tools.ts";
import {
  compute_exchange_rate,
  get_flight_cost,
  get_nearest_airport_by_city,
  list_all_airports,
} from "./flight-tools.ts";
import { purchase_insurance } from "./insurance-tool.ts";
import { idsOf } from "./records.ts";
import { travelState } from "./state.ts";
import { verify_traveler_information } from "./verify-tool.ts";

/** BFCL's TravelAPI: 18 tools over a traveler's login, credit cards, bookings and budget, and a fixed network of flights. */
export const travel = travelState.environment({
  tools: {
    authenticate_travel,
    travel_get_login_status,
    get_budget_fiscal_year,
    register_credit_card,
    get_flight_cost,
    get_credit_card_balance,
    book_flight,
    retrieve_invoice,
    get_booking_history,
    list_all_airports,
    cancel_booking,
    compute_exchange_rate,
    verify_traveler_information,
    set_budget_limit,
    get_nearest_airport_by_city,
    purchase_insurance,
    contact_customer_support,
    get_all_credit_cards,
  },
  public: {
    credit_card_list: dictAttribute((state) => state.credit_card_list),
    booking_record: dictAttribute((state) => state.booking_record),
    access_token: true,
    token_type: true,
    token_expires_in: true,
    token_scope: true,
    user_first_name: true,
    user_last_name: true,
    budget_limit: true,
    long_context: true,
  },
  invariants: {
    "no id stands for two cards": ({ credit_card_list: cards }) => new Set(idsOf(cards)).size === cards.length,
    "no id stands for two bookings": ({ booking_record: bookings }) =>
      new Set(idsOf(bookings)).size === bookings.length,
  },
});
