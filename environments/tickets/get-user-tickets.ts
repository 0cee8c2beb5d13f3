import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { present } from "../../src/python/present.ts";
import { optional } from "../../src/python/schema.ts";
import { lower } from "../../src/python/string.ts";
import { loggedIn } from "./account-tools.ts";
import { ticketState } from "./state.ts";
import { ticket } from "./ticket-tools.ts";

export const get_user_tickets = ticketState
  .read({
    description:
      "List the tickets that the user who is logged in has created: all, or those with this status in upper or lower case.",
    args: z.object({ status: optional(z.string()) }),
    result: z.array(ticket),
    failures: {
      notLoggedIn: failure(z.strictObject({}), () => "User not authenticated. Please log in to view tickets.", {
        wire: (_, message) => [{ error: message }],
      }),
    },
    candidates: { status: () => ["Open", "closed", "Resolved"] },
    requires: [loggedIn],
  })
  .run(({ state: { queue, currentUser }, args, fail }) => {
    if (!currentUser) return fail.notLoggedIn({});
    // A ticket that lacks a field, or has a status that is no text, makes Python raise.
    const created = queue.filter(({ created_by }) => present(created_by, "created_by") === currentUser);
    if (!args.status) return created;
    const wanted = lower(args.status);
    return created.filter(({ status }) => lower(present(status, "status")) === wanted);
  });
