import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { tradingState } from "./state.ts";

/** The condition that most tools need, for `requires` and `provides`. */
export const loggedIn = "logged in to trading";
const status = z.strictObject({ status: z.string() });

export const trading_login = tradingState
  .write({
    description: "Log in to the trading account. Any user name and password will do.",
    args: z.object({ username: z.string(), password: z.string() }),
    result: status,
    failures: {
      alreadyLoggedIn: failure(z.strictObject({}), () => "Already logged in", {
        wire: (_, message) => ({ status: message }),
        soft: true,
      }),
    },
    provides: [loggedIn],
  })
  .run(({ state, draft, fail }) => {
    if (state.authenticated) return fail.alreadyLoggedIn({});
    draft().authenticated = true;
    return { status: "Logged in successfully" };
  });

export const trading_get_login_status = tradingState
  .read({
    description: "Say whether someone is logged in to the trading account.",
    args: z.object({}),
    result: z.strictObject({ status: z.boolean() }),
  })
  .run(({ state }) => ({ status: state.authenticated }));

export const trading_logout = tradingState
  .write({
    description: "Log out of the trading account.",
    args: z.object({}),
    result: status,
    failures: {
      notLoggedIn: failure(z.strictObject({}), () => "No user is currently logged in", {
        wire: (_, message) => ({ status: message }),
        soft: true,
      }),
    },
    requires: [loggedIn],
  })
  .run(({ state, draft, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn({});
    draft().authenticated = false;
    return { status: "Logged out successfully" };
  });
