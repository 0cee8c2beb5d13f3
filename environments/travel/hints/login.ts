import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { ago, type History } from "../../../src/feedback/history.ts";
import { loggedIn, loginFault } from "../login.ts";
import type { State } from "../state.ts";

/** What is wrong with a token; no hint tells the right one. */
export function loginObstacles(state: State, token: string, history: History): Unmet[] {
  const fault = loginFault(state, token);
  if (fault === undefined) return [];
  if (fault === "tokenExpired")
    return [{ ...logIn, now: "the access token has expired", way: `Log in again; ${newToken}` }];
  if (fault === "notLoggedIn") return [noLogin];
  const known = knownToken(state, history);
  const now = "the one given is not the valid access token";
  if (known) return [{ condition: loggedIn, now, way: `For 'access_token', give ${known}.` }];
  const way = "Give the access token that the conversation tells, or log in for a new one.";
  return [{ ...logIn, now, way, call: "'authenticate_travel' if no access token is known" }];
}

const newToken = "the answer holds the new 'access_token' to give.";
const logIn = {
  condition: loggedIn,
  call: "'authenticate_travel' for an access token",
  tools: ["authenticate_travel"],
};

/** Nobody is logged in. */
export const noLogin: Unmet = {
  ...logIn,
  now: "nobody is logged in",
  way: "Log in first; the answer holds the 'access_token' to give.",
};

/** Where in the episode the valid token can be found. */
function knownToken({ access_token: token }: State, history: History): string | undefined {
  if (token === null || token === "") return undefined;
  const worked = history.filter(({ failure }) => failure === undefined);
  const answered = worked.findLast(({ call, text }) => call.tool === "authenticate_travel" && text.includes(token));
  if (answered) return `the one that logging in returned ${ago(answered)}`;
  const used = worked.findLast(({ call }) => call.args.access_token === token);
  return used && `the one with which a call succeeded ${ago(used)}`;
}
