import { z } from "zod";
import { type FailureWire, failure } from "../../src/core/outcome.ts";
import { idsOf } from "./records.ts";
import type { State } from "./state.ts";

/** What tools over a booking require, and booking a flight provides. */
export const bookingMade = "booking made";

/** What a failure over a booking says of it. */
export const BookingFacts = z.strictObject({
  booking_id: z.string().nullable(),
  bookings: z.array(z.string()),
  cancelled: z.array(z.string()),
  /** The booking that the given id belongs to as another kind of id: its transaction's, its insurance's, its flight's number. */
  bookingMeant: z.string().nullable(),
});
export type BookingFacts = z.output<typeof BookingFacts>;

/** The failures of a tool that needs a booking, in the shape that the tool answers all its failures. */
export function bookingNotFound(wire?: FailureWire<BookingFacts>) {
  const notFound = failure(BookingFacts, () => "Booking not found", wire === undefined ? {} : { wire });
  return { bookingNotFound: notFound, bookingCancelled: notFound };
}

export type BookingFault = "bookingNotFound" | "bookingCancelled";

/** Why there is no booking of an id; a cancelled one reads like one that never was. */
export function bookingFault(state: State, id: string): BookingFault | undefined {
  for (const [known] of state.booking_record) if (known === id) return undefined;
  return state.cancelledBookings.includes(id) ? "bookingCancelled" : "bookingNotFound";
}

export function bookingFacts(state: State, booking_id: string | null, insurance_id?: string | null): BookingFacts {
  const { booking_record: bookings, insurances, cancelledBookings } = state;
  const id = insurance_id ?? booking_id;
  const insured = insurances.find(([insurance]) => insurance === id)?.[1];
  const meant =
    insured ?? bookings.find(([, booking]) => booking.transaction_id === id || booking.flight_number === id)?.[0];
  return {
    booking_id,
    bookings: idsOf(bookings),
    cancelled: cancelledBookings,
    bookingMeant: id === null ? null : (meant ?? null),
  };
}

/** The fields that an invoice shows, in the order in which a missing one is noticed. */
export const invoiceFields = [
  "travel_date",
  "travel_from",
  "travel_to",
  "travel_class",
  "travel_cost",
  "transaction_id",
] as const;
export const bookingIds = (state: State): string[] => idsOf(state.booking_record);
