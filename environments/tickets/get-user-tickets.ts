import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { present } from "../../src/python/present.ts";
import { optional } from "../../src/python/schema.ts";
import { lower } from "../../src/python/string.ts";
import { loggedIn } from "./account-tools.ts";
import { type State, ticketState } from "./state.ts";
import { ticket } from "./ticket-tools.ts";

/** How many tickets do not say who created them. */
export const withoutCreator = (queue: State["queue"]): number =>
  queue.filter(({ created_by }) => created_by === undefined).length;

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
      /** One ticket without a creator makes Python raise, whoever asks. */
      creatorMissing: failure(z.strictObject({ without: z.int(), tickets: z.int() }), () => "'created_by'", {
        wire: "raised",
      }),
    },
    candidates: { status: () => ["Open", "closed", "Resolved"] },
    requires: [loggedIn],
  })
  .run(({ state: { queue, currentUser }, args, fail }) => {
    if (!currentUser) return fail.notLoggedIn({});
    const without = withoutCreator(queue);
    if (without > 0) return fail.creatorMissing({ without, tickets: queue.length });
    const created = queue.filter(({ created_by }) => created_by === currentUser);
    if (!args.status) return created;
    // A ticket without a status, or with one that is no text, makes Python raise.
    const wanted = lower(args.status);
    return created.filter(({ status }) => lower(present(status, "status")) === wanted);
  });
