import type { Draft } from "immer";
import { z } from "zod";
import { indexWhere, withItem } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { equal } from "../../src/python/equal.ts";
import { present } from "../../src/python/present.ts";
import { pyValue } from "../../src/python/schema.ts";
import { str } from "../../src/python/text.ts";
import type { State } from "./state.ts";
import { type Ticket, type TicketId, ticketId } from "./ticket.ts";

/** What most calls need, and filing a ticket brings about. */
export const ticketThere = "a ticket with that id";
const NotFound = z.strictObject({ id: ticketId, known: z.array(pyValue) });
export const notFound = failure(NotFound, ({ id }) => `Ticket with ID ${str(id)} not found.`);

/** The position of the first ticket with that id; -1 where there is none. A ticket without an id hides all that come after it. */
export function positionOf({ queue }: State, id: TicketId): number {
  return indexWhere(queue, (ticket) => equal(present(ticket.id, "id"), id));
}

export function missingTicket({ queue }: State, id: TicketId): z.output<typeof NotFound> {
  return { id, known: queue.map((ticket) => ticket.id!) };
}

/** The ids that there are, worth trying. */
export const ticketIds = ({ queue }: State): TicketId[] =>
  queue.map(({ id }) => id as TicketId).filter((id) => id !== undefined);

/** Sets fields of the ticket at a position of the queue. */
export function changeTicket(next: Draft<State>, state: State, position: number, fields: Ticket): void {
  next.queue = withItem(state.queue, position, { ...state.queue[position]!, ...fields }) as typeof next.queue;
}
