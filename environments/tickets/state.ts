import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { pyValue } from "../../src/python/schema.ts";
import { ConfigTicket } from "./ticket.ts";

const State = z.strictObject({
  queue: z.array(z.record(z.string(), pyValue)),
  /** The id of the next ticket. */
  counter: z.int(),
  currentUser: z.string().nullable(),
});
export type State = z.output<typeof State>;

const Config = z.strictObject({
  ticket_queue: z.array(ConfigTicket).optional(),
  ticket_counter: z.int().optional(),
  current_user: z.string().nullable().optional(),
});

export const ticketState = defineState({
  name: "TicketAPI",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init((config) => ({
  queue: config.ticket_queue ?? [],
  counter: config.ticket_counter ?? 1,
  currentUser: config.current_user ?? null,
}));
