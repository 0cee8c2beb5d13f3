import { z } from "zod";
import { withAppended } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { add } from "../../src/python/number.ts";
import { present } from "../../src/python/present.ts";
import { float, optional } from "../../src/python/schema.ts";
import { repr } from "../../src/python/text.ts";
import {
  BookingFacts,
  bookingFacts,
  bookingFault,
  bookingIds,
  bookingMade,
  bookingNotFound,
  invoiceFields,
} from "./bookings.ts";
import { loggedIn, loginData, loginFailures, loginFault, tokens } from "./login.ts";
import { keyed, keyedBy, recordOf, withoutRecord, withRecord } from "./records.ts";
import { Booking, travelState } from "./state.ts";

const IncompleteBooking = z.strictObject({
  booking_id: z.string(),
  missing: z.array(z.string()),
  present: z.array(z.string()),
});
/** The booking was made elsewhere and says things in other words; Python raises the first key that it misses. */
const incompleteBooking = failure(IncompleteBooking, ({ missing }) => repr(missing[0]!), { wire: "raised" });

/** What of the fields a booking lacks; undefined if nothing. */
function incomplete(booking_id: string, booking: Booking, fields: readonly (keyof Booking)[]) {
  const missing = fields.filter((field) => booking[field] === undefined);
  return missing.length === 0 ? undefined : { booking_id, missing, present: Object.keys(booking) };
}

export const retrieve_invoice = travelState
  .read({
    description:
      "Show the invoice of a booking: route, date, class, price and transaction. Only `booking_id` finds it.",
    args: z.object({
      access_token: z.string(),
      booking_id: optional(z.string()),
      insurance_id: optional(z.string()),
    }),
    result: z.strictObject({
      invoice: z.strictObject({
        booking_id: z.string(),
        travel_date: z.string(),
        travel_from: z.string(),
        travel_to: z.string(),
        travel_class: z.string(),
        travel_cost: float,
        transaction_id: z.string(),
      }),
    }),
    failures: {
      ...loginFailures(),
      ...bookingNotFound(),
      bookingNotNamed: failure(BookingFacts, () => "Booking not found"),
      incompleteBooking,
    },
    candidates: { access_token: tokens, booking_id: bookingIds },
    requires: [loggedIn, bookingMade],
  })
  .run(({ state, args: { access_token, booking_id, insurance_id }, fail }) => {
    const login = loginFault(state, access_token);
    if (login) return fail[login](loginData(state, access_token));
    if (booking_id === null) return fail.bookingNotNamed(bookingFacts(state, null, insurance_id));
    const fault = bookingFault(state, booking_id);
    if (fault) return fail[fault](bookingFacts(state, booking_id, insurance_id));
    const booking = recordOf(state.booking_record, booking_id)!;
    const lacking = incomplete(booking_id, booking, invoiceFields);
    if (lacking) return fail.incompleteBooking(lacking);
    return {
      invoice: {
        booking_id,
        travel_date: booking.travel_date!,
        travel_from: booking.travel_from!,
        travel_to: booking.travel_to!,
        travel_class: booking.travel_class!,
        travel_cost: booking.travel_cost!,
        transaction_id: booking.transaction_id!,
      },
    };
  });

export const get_booking_history = travelState
  .read({
    description: "List all bookings with their ids.",
    args: z.object({ access_token: z.string() }),
    result: z.strictObject({ booking_history: keyedBy(Booking) }),
    failures: loginFailures(),
    candidates: { access_token: tokens },
    requires: [loggedIn],
  })
  .run(({ state, args: { access_token }, fail }) => {
    const login = loginFault(state, access_token);
    if (login) return fail[login](loginData(state, access_token));
    return { booking_history: keyed(state.booking_record) };
  });

const refused = (_: unknown, error: string) => ({ cancel_status: false, error });

export const cancel_booking = travelState
  .write({
    description: "Cancel a booking and refund its price to the card that paid it. The booking is gone afterwards.",
    args: z.object({ access_token: z.string(), booking_id: z.string() }),
    result: z.strictObject({ cancel_status: z.literal(true) }),
    failures: {
      ...loginFailures(refused),
      ...bookingNotFound(refused),
      incompleteBooking,
    },
    candidates: { access_token: tokens, booking_id: bookingIds },
    requires: [loggedIn, bookingMade],
  })
  .run(({ state, draft, args: { access_token, booking_id }, fail }) => {
    const login = loginFault(state, access_token);
    if (login) return fail[login](loginData(state, access_token));
    const fault = bookingFault(state, booking_id);
    if (fault) return fail[fault](bookingFacts(state, booking_id));
    const booking = recordOf(state.booking_record, booking_id)!;
    const lacking = incomplete(booking_id, booking, ["card_id", "travel_cost"]);
    if (lacking) return fail.incompleteBooking(lacking);
    const card_id = booking.card_id!;
    const card = present(recordOf(state.credit_card_list, card_id), card_id);
    const refunded = add(present(card.balance, "balance"), booking.travel_cost!);
    const next = draft();
    next.credit_card_list = withRecord(state.credit_card_list, card_id, { ...card, balance: refunded });
    next.booking_record = withoutRecord(state.booking_record, booking_id);
    next.cancelledBookings = withAppended(state.cancelledBookings, booking_id);
    return { cancel_status: true };
  });

export const contact_customer_support = travelState
  .read({
    description: "Send a message about a booking to customer support.",
    args: z.object({ booking_id: z.string(), message: z.string() }),
    result: z.strictObject({ customer_support_message: z.string() }),
    failures: bookingNotFound(),
    candidates: { booking_id: bookingIds },
    requires: [bookingMade],
  })
  .run(({ state, args: { booking_id }, fail }) => {
    const fault = bookingFault(state, booking_id);
    if (fault) return fail[fault](bookingFacts(state, booking_id));
    return {
      customer_support_message:
        "Thank you for contacting customer support. Your message has been received and we will get back to you shortly.",
    };
  });
