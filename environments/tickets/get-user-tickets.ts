import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { typeName } from "../../src/python/kind.ts";
import { optional } from "../../src/python/schema.ts";
import { lower } from "../../src/python/string.ts";
import { loggedIn } from "./account-tools.ts";
import { incompleteAt, lacking } from "./look-up.ts";
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
      ticketWithoutCreator: lacking("created_by"),
      ticketWithoutStatus: lacking("status"),
      statusNotText: failure(
        z.strictObject({ position: z.int(), type: z.string() }),
        ({ type }) => `'${type}' object has no attribute 'lower'`,
        { wire: "raised" },
      ),
    },
    candidates: { status: () => ["Open", "closed", "Resolved"] },
    requires: [loggedIn],
  })
  .run(({ state: { queue, currentUser }, args, fail }) => {
    if (!currentUser) return fail.notLoggedIn({});
    const nameless = queue.findIndex(({ created_by }) => created_by === undefined);
    if (nameless >= 0) return fail.ticketWithoutCreator(incompleteAt(queue, nameless));
    const created = queue.filter(({ created_by }) => created_by === currentUser);
    if (!args.status) return created;
    const wanted = lower(args.status);
    const matching: typeof created = [];
    for (const item of created) {
      const { status } = item;
      if (status === undefined) return fail.ticketWithoutStatus(incompleteAt(queue, queue.indexOf(item)));
      if (typeof status !== "string")
        return fail.statusNotText({ position: queue.indexOf(item), type: typeName(status) });
      if (lower(status) === wanted) matching.push(item);
    }
    return matching;
  });
