import { z } from "zod";
import { withAppended } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { compare } from "../../src/python/arithmetic.ts";
import { present } from "../../src/python/present.ts";
import { integer, pyValue } from "../../src/python/schema.ts";
import { str } from "../../src/python/text.ts";
import { loggedIn } from "./account-tools.ts";
import { changeTicket, missingTicket, notFound, positionOf, ticketIds, ticketThere } from "./look-up.ts";
import { ticketState } from "./state.ts";
import { ticketId } from "./ticket.ts";

/** A ticket as it is filed, with whatever fields it has. */
export const ticket = z.record(z.string(), pyValue);
const statusReport = z.strictObject({ status: z.string() });
export const priorities = { least: 1, most: 5 };

export const create_ticket = ticketState
  .write({
    description: "File a new ticket as the user who is logged in. Priorities run from 1 to 5, the most urgent.",
    args: z.object({ title: z.string(), description: z.string().default(""), priority: integer.default(1) }),
    result: ticket,
    failures: {
      notLoggedIn: failure(z.strictObject({}), () => "User not authenticated. Please log in to create a ticket."),
      invalidPriority: failure(
        z.strictObject({ priority: integer, least: z.int(), most: z.int() }),
        ({ least, most }) => `Invalid priority. Priority must be between ${least} and ${most}.`,
      ),
    },
    candidates: { priority: () => [1, 3, 5, 6] },
    requires: [loggedIn],
    provides: [ticketThere],
  })
  .run(({ state, draft, args: { title, description, priority }, fail }) => {
    if (!state.currentUser) return fail.notLoggedIn({});
    if (compare(priority, priorities.least) < 0 || compare(priority, priorities.most) > 0)
      return fail.invalidPriority({ priority, ...priorities });
    const filed = { id: state.counter, title, description, status: "Open", priority, created_by: state.currentUser };
    const next = draft();
    next.queue = withAppended(state.queue, filed) as typeof next.queue;
    next.counter = state.counter + 1;
    return filed;
  });

export const get_ticket = ticketState
  .read({
    description: "Show the ticket with this id.",
    args: z.object({ ticket_id: ticketId }),
    result: ticket,
    failures: { notFound },
    candidates: { ticket_id: ticketIds },
    requires: [ticketThere],
  })
  .run(({ state, args, fail }) => {
    const position = positionOf(state, args.ticket_id);
    return state.queue[position] ?? fail.notFound(missingTicket(state, args.ticket_id));
  });

const already = (status: string) =>
  failure(z.strictObject({ id: ticketId }), ({ id }) => `Ticket with ID ${str(id)} is already ${status}.`);

export const close_ticket = ticketState
  .write({
    description: "Close the ticket with this id.",
    args: z.object({ ticket_id: ticketId }),
    result: statusReport,
    failures: { notFound, alreadyClosed: already("closed") },
    candidates: { ticket_id: ticketIds },
    requires: [ticketThere],
  })
  .run(({ state, draft, args: { ticket_id: id }, fail }) => {
    const position = positionOf(state, id);
    if (position < 0) return fail.notFound(missingTicket(state, id));
    if (present(state.queue[position]!.status, "status") === "Closed") return fail.alreadyClosed({ id });
    changeTicket(draft(), state, position, { status: "Closed" });
    return { status: `Ticket ${str(id)} has been closed successfully.` };
  });

export const resolve_ticket = ticketState
  .write({
    description: "Mark the ticket with this id as resolved, and note how it was.",
    args: z.object({ ticket_id: ticketId, resolution: z.string() }),
    result: statusReport,
    failures: { notFound, alreadyResolved: already("resolved") },
    candidates: { ticket_id: ticketIds },
    requires: [ticketThere],
  })
  .run(({ state, draft, args: { ticket_id: id, resolution }, fail }) => {
    const position = positionOf(state, id);
    if (position < 0) return fail.notFound(missingTicket(state, id));
    if (present(state.queue[position]!.status, "status") === "Resolved") return fail.alreadyResolved({ id });
    changeTicket(draft(), state, position, { status: "Resolved", resolution });
    return { status: `Ticket ${str(id)} has been resolved successfully.` };
  });
