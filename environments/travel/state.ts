import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { entriesOf } from "../../src/python/dict.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { randomOf } from "../../src/python/random.ts";
import { dictionary, float, inGivenOrder, integer } from "../../src/python/schema.ts";
import type { PyDict, PyValue } from "../../src/python/value.ts";
import { recordsOf } from "./records.ts";

const text = z.string().optional();
const amount = float.optional();

/** A credit card. Tools read `balance` alone; the dataset spells the rest in many ways. */
export const Card = z.strictObject({
  card_number: z.union([z.string(), integer]).optional(),
  number: text,
  card_type: text,
  type: text,
  cardholder_name: text,
  card_holder_name: text,
  name: text,
  expiration_date: text,
  expiry_date: text,
  expiry: text,
  card_verification_number: integer.optional(),
  cvv: z.union([z.string(), integer]).optional(),
  currency: text,
  credit_limit: amount,
  budget_limit: amount,
  balance: amount,
});
export type Card = z.output<typeof Card>;

/** A booking. Those of the dataset often lack what an invoice or a cancellation reads, and say it in words of their own. */
export const Booking = z.strictObject({
  card_id: text,
  travel_date: text,
  travel_from: text,
  travel_to: text,
  travel_class: text,
  travel_cost: amount,
  transaction_id: text,
  flight_number: text,
  flight_date: text,
  flight_class: text,
  date: text,
  departure_date: text,
  departure: text,
  departure_city: text,
  destination: text,
  arrival: text,
  arrival_city: text,
  class: text,
  price: amount,
  cost: amount,
  cost_usd: amount,
  passenger_name: text,
  passport_number: text,
  insurance: z.union([z.string(), z.record(z.string(), z.union([z.string(), float]))]).optional(),
});
export type Booking = z.output<typeof Booking>;

const account = {
  access_token: z.string().nullable(),
  token_type: z.string().nullable(),
  /** 0 means expired; no tool counts it down. */
  token_expires_in: integer.nullable(),
  token_scope: z.string().nullable(),
  user_first_name: z.string().nullable(),
  user_last_name: z.string().nullable(),
  budget_limit: float.nullable(),
};

const State = z.strictObject({
  credit_card_list: recordsOf(Card),
  booking_record: recordsOf(Booking),
  ...account,
  long_context: z.boolean(),
  random: z.strictObject({ seed: z.int(), draws: z.int() }),
  /** The day by which a traveler's age is told, YYYY-MM-DD. */
  today: z.iso.date(),
  /** What is gone or answered once only, kept so that a failure can say what an id was. */
  cancelledBookings: z.array(z.string()),
  insurances: z.array(z.tuple([z.string(), z.string()])),
});
export type State = z.output<typeof State>;

const Config = z
  .strictObject({
    credit_card_list: dictionary(inGivenOrder(Card)),
    booking_record: dictionary(inGivenOrder(Booking)),
    ...account,
    random_seed: z.int(),
    today: z.iso.date(),
  })
  .partial();

/** What long-context mode adds: cards and bookings by id, where the id is not taken. */
export interface TravelExtension {
  readonly creditCards: PyDict | { readonly [id: string]: PyValue };
  readonly bookings: PyDict | { readonly [id: string]: PyValue };
}

export const travelState = defineState<typeof State, typeof Config, { readonly travel: TravelExtension }>({
  name: "TravelAPI",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init((config, extension) => ({
  credit_card_list: extended(config.credit_card_list ?? [], extension?.travel.creditCards),
  booking_record: extended(config.booking_record ?? [], extension?.travel.bookings),
  access_token: config.access_token ?? null,
  token_type: config.token_type ?? null,
  token_expires_in: config.token_expires_in ?? null,
  token_scope: config.token_scope ?? null,
  user_first_name: config.user_first_name ?? null,
  user_last_name: config.user_last_name ?? null,
  budget_limit: config.budget_limit ?? null,
  long_context: extension !== undefined,
  random: randomOf(config.random_seed ?? 141053) as State["random"],
  today: config.today ?? "2025-10-24",
  cancelledBookings: [],
  insurances: [],
}));

function extended<T>(own: [string, T][], added: TravelExtension["creditCards"] | undefined): [string, T][] {
  if (added === undefined) return own;
  const taken = new Set(own.map(([id]) => id));
  return [...own, ...(entriesOf(added) as [string, T][]).filter(([id]) => !taken.has(id))];
}
