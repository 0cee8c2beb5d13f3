import { z } from "zod";
import { type Failed, type Failure, failure } from "../../src/core/outcome.ts";
import { equal } from "../../src/python/equal.ts";
import { pyValue } from "../../src/python/schema.ts";
import { str } from "../../src/python/text.ts";
import type { State } from "./state.ts";
import { type TicketId, ticketId } from "./ticket.ts";

/** Which ticket of the queue stands in the way, and the fields it does have. */
const Incomplete = z.strictObject({ position: z.int(), fields: z.array(z.string()) });
const NotFound = z.strictObject({ id: ticketId, known: z.array(pyValue) });

/** A field that a tool reads and the ticket lacks: Python's KeyError, whose text is the quoted name. */
export const lacking = (field: string) => failure(Incomplete, () => `'${field}'`, { wire: "raised" });

/** How looking for a ticket by its id can fail. */
export const lookUpFailures = {
  notFound: failure(NotFound, ({ id }) => `Ticket with ID ${str(id)} not found.`),
  /** The queue is read from its start, so a ticket without an id hides all that come after it. */
  ticketWithoutId: lacking("id"),
};

interface FailLookUp {
  readonly notFound: (data: z.input<typeof NotFound>) => Failed<Failure<"notFound", z.output<typeof NotFound>>>;
  readonly ticketWithoutId: (
    data: z.input<typeof Incomplete>,
  ) => Failed<Failure<"ticketWithoutId", z.output<typeof Incomplete>>>;
}

/** The position of the first ticket with that id. */
export function positionOf(
  { queue }: State,
  id: TicketId,
  fail: FailLookUp,
): number | ReturnType<FailLookUp[keyof FailLookUp]> {
  for (let position = 0; position < queue.length; position++) {
    const known = queue[position]!.id;
    if (known === undefined) return fail.ticketWithoutId(incompleteAt(queue, position));
    if (equal(known, id)) return position;
  }
  return fail.notFound({ id, known: queue.map((ticket) => ticket.id!) });
}

export function incompleteAt(queue: State["queue"], position: number): z.output<typeof Incomplete> {
  return { position, fields: Object.keys(queue[position]!) };
}

/** The ids that there are, worth trying. */
export const ticketIds = (state: State): TicketId[] =>
  state.queue.flatMap(({ id }) => (id === undefined ? [] : [id as TicketId]));
