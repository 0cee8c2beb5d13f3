import { z } from "zod";
import { sameValue } from "../../src/core/equality.ts";
import { equal } from "../../src/python/equal.ts";
import { floatValue, toDouble } from "../../src/python/number.ts";
import { randomInteger } from "../../src/python/random.ts";
import { convertedFloat, float, optional } from "../../src/python/schema.ts";
import { withinBudget } from "./cards.ts";
import { firstNames, lastNames, loggedIn, loginData, loginFailures, loginFault, tokens } from "./login.ts";
import { travelState } from "./state.ts";

export const authenticate_travel = travelState
  .write({
    description: "Log a traveler in. Answers the access token that most other travel tools ask for.",
    args: z.object({
      client_id: z.string(),
      client_secret: z.string(),
      refresh_token: z.string(),
      grant_type: z.string().meta({ description: "One of read_write, read, write." }),
      user_first_name: z.string(),
      user_last_name: z.string(),
    }),
    result: z.strictObject({
      expires_in: z.literal(2),
      access_token: z.string(),
      token_type: z.literal("Bearer"),
      scope: z.string(),
    }),
    candidates: {
      grant_type: () => ["read_write", "read", "write"],
      user_first_name: firstNames,
      user_last_name: lastNames,
    },
    provides: [loggedIn],
  })
  .run(({ state, draft, args }) => {
    const { value, random } = randomInteger(state.random, 100000, 999999);
    const access_token = String(value);
    Object.assign(draft(), {
      access_token,
      token_type: "Bearer",
      token_expires_in: 2,
      token_scope: args.grant_type,
      user_first_name: args.user_first_name,
      user_last_name: args.user_last_name,
      random,
    });
    return { expires_in: 2, access_token, token_type: "Bearer", scope: args.grant_type };
  });

export const travel_get_login_status = travelState
  .read({
    description: "Tell whether a traveler is logged in with a token that has not expired.",
    args: z.object({}),
    result: z.strictObject({ status: z.boolean() }),
  })
  .run(({ state }) => ({ status: state.token_expires_in !== null && !equal(state.token_expires_in, 0) }));

export const get_budget_fiscal_year = travelState
  .read({
    description: "Tell the fiscal year of the travel budget. The filters are accepted and change nothing.",
    args: z.object({ lastModifiedAfter: optional(z.string()), includeRemoved: optional(z.string()) }),
    result: z.strictObject({ budget_fiscal_year: z.literal("2018") }),
  })
  .run(() => ({ budget_fiscal_year: "2018" }));

export const set_budget_limit = travelState
  .write({
    description:
      "Set the traveler's budget limit in USD. No flight can be booked with a card whose balance is below the limit, and no insurance that costs more.",
    args: z.object({ access_token: z.string(), budget_limit: convertedFloat }),
    result: z.strictObject({ budget_limit: float }),
    failures: loginFailures(),
    candidates: { access_token: tokens, budget_limit: () => [100, 2000, { $float: "5000.0" }] },
    requires: [loggedIn],
    provides: [withinBudget],
  })
  .run(({ state, draft, args, fail }) => {
    const fault = loginFault(state, args.access_token);
    if (fault) return fail[fault](loginData(state, args.access_token));
    const limit = floatValue(toDouble(args.budget_limit));
    if (!sameValue(limit, state.budget_limit)) draft().budget_limit = limit;
    return { budget_limit: limit };
  });
