import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { ago, type History, lastSuccess } from "../../../src/feedback/history.ts";
import { quoted } from "../../../src/feedback/words.ts";
import { bookingFacts, bookingMade } from "../bookings.ts";
import { recordOf } from "../records.ts";
import type { Booking, State } from "../state.ts";
import { likeliest } from "./cards.ts";
import { named, oneOf, plain } from "./phrases.ts";

const listing = { call: "'get_booking_history' for the bookings", tools: ["get_booking_history"] };

/** Why there is no booking of an id, and which are there. `insurance` is looked up too where a tool takes it. */
export function bookingObstacles(
  state: State,
  id: string | null,
  history: History,
  insurance: string | null = null,
): Unmet[] {
  if (id !== null && recordOf(state.booking_record, id)) return [];
  const { bookings, cancelled, bookingMeant } = bookingFacts(state, id, insurance);
  const gone = [id, bookingMeant].find((one) => one !== null && cancelled.includes(one));
  if (gone) return [cancelledBooking(gone, bookings, history)];
  const now =
    id !== null
      ? `${named(id)} is none`
      : insurance === null
        ? "no id is given"
        : "an insurance alone does not find its booking";
  const last = lastSuccess(history, "book_flight");
  const returned = last ? ` Booking a flight returned an id ${ago(last)}.` : "";
  if (bookings.length === 0) {
    const none = cancelled.length > 0 ? "all bookings are cancelled" : "there is no booking yet";
    const way = "There must be a booking first; ask whether one is to be made.";
    return [
      {
        condition: bookingMade,
        now: id === null ? none : `${now}: ${none}`,
        way,
        call: "'book_flight' if one is to be made",
        tools: ["book_flight"],
      },
    ];
  }
  const meant = bookingMeant !== null && plain(bookingMeant) ? bookingMeant : undefined;
  const values = meant === undefined ? candidates(id ?? "", bookings, last?.text ?? "") : [meant];
  const which = meant === undefined ? "" : `, to which ${named(insurance ?? id ?? "")} belongs`;
  const way =
    values.length > 0 ? `For 'booking_id', give ${oneOf(values)}${which}.${returned}` : `Look up the id.${returned}`;
  return [{ condition: "'booking_id' is the id of a booking", now, way, argument: "booking_id", values, ...listing }];
}

/** The booking just made first, then those whose ids resemble the given one, then the others. */
function candidates(id: string, bookings: readonly string[], answer: string): string[] {
  const made = bookings.filter((booking) => plain(booking) && answer.includes(booking));
  return [...new Set([...made, ...likeliest(id, bookings)])].slice(0, 3);
}

function cancelledBooking(id: string, bookings: readonly string[], history: History): Unmet {
  const call = history.findLast(
    (past) => past.failure === undefined && past.call.tool === "cancel_booking" && past.call.args.booking_id === id,
  );
  const left = likeliest(id, bookings);
  const made = history.findLast(
    ({ failure, text, call: { tool } }) => failure === undefined && tool === "book_flight" && text.includes(id),
  );
  const known = made ? ` What was known of it was returned when it was booked, ${ago(made)}.` : "";
  return {
    condition: "the booking is not cancelled",
    now: `${named(id)} was cancelled${call ? ` ${ago(call)}` : ""} and its price refunded`,
    way: `No call reaches it any more: say so.${known}${left.length > 0 ? ` For 'booking_id', there ${left.length > 1 ? "are" : "is"} ${quoted(left)}, if another was meant.` : ""}`,
    argument: "booking_id",
    values: left,
    ...(left.length > 0 ? listing : {}),
  };
}

/** A booking made elsewhere, which lacks what a tool reads; nothing fills it in. */
export function incompleteObstacles(
  { booking_record }: State,
  id: string | null,
  fields: readonly (keyof Booking)[],
  purpose: string,
): Unmet[] {
  const booking = id === null ? undefined : recordOf(booking_record, id);
  const missing = booking ? fields.filter((field) => booking[field] === undefined) : [];
  if (!booking || missing.length === 0) return [];
  const known = Object.keys(booking);
  return [
    {
      condition: `the booking has all that ${purpose} needs`,
      now: `${named(id!)} was recorded elsewhere and lacks ${quoted(missing)}`,
      way: `No call can add them, and another try ends alike. ${known.length > 0 ? `What it has, ${quoted(known.slice(0, 6))}, stands in the list of bookings.` : "It has nothing else either."}`,
      ...listing,
    },
  ];
}
