import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { ticketState } from "./state.ts";

export const loggedIn = "logged in to tickets";
const success = z.strictObject({ success: z.literal(true) });
const unsuccessful = { wire: () => ({ success: false }), soft: true } as const;

export const ticket_login = ticketState
  .write({
    description: "Log in to the ticket system. Any user name and password do, as long as neither is empty.",
    args: z.object({ username: z.string(), password: z.string() }),
    result: success,
    failures: {
      emptyCredentials: failure(
        z.strictObject({ empty: z.array(z.enum(["username", "password"])) }),
        ({ empty }) => `Empty: ${empty.join(", ")}.`,
        unsuccessful,
      ),
    },
    candidates: { username: () => ["ann"], password: () => ["secret"] },
    provides: [loggedIn],
  })
  .run(({ state, draft, args, fail }) => {
    const empty = (["username", "password"] as const).filter((name) => args[name] === "");
    if (empty.length > 0) return fail.emptyCredentials({ empty });
    if (state.currentUser !== args.username) draft().currentUser = args.username;
    return { success: true };
  });

export const ticket_get_login_status = ticketState
  .read({
    description: "Tell whether a user is logged in to the ticket system.",
    args: z.object({}),
    result: z.strictObject({ login_status: z.boolean() }),
  })
  .run(({ state }) => ({ login_status: !!state.currentUser }));

export const logout = ticketState
  .write({
    description: "Log the current user out of the ticket system.",
    args: z.object({}),
    result: success,
    failures: { nobodyLoggedIn: failure(z.strictObject({}), () => "Nobody is logged in.", unsuccessful) },
    requires: [loggedIn],
  })
  .run(({ state, draft, fail }) => {
    if (!state.currentUser) return fail.nobodyLoggedIn({});
    draft().currentUser = null;
    return { success: true };
  });
