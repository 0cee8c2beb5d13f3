import { z } from "zod";
import { type FailureWire, failure } from "../../src/core/outcome.ts";
import { equal } from "../../src/python/equal.ts";
import type { State } from "./state.ts";

/** What tools behind the login require, and authenticating provides. */
export const loggedIn = "logged in to travel";

export const loginMessages = {
  tokenExpired: "Token expired",
  notLoggedIn: "Invalid access token",
  invalidToken: "Invalid access token",
} as const;
export type LoginFault = keyof typeof loginMessages;

const LoginData = z.strictObject({ access_token: z.string(), user: z.string().nullable() });
type LoginData = z.output<typeof LoginData>;

/** The failures of a tool behind the login, in the shape that the tool answers all its failures. */
export function loginFailures(wire?: FailureWire<LoginData>) {
  const options = wire === undefined ? {} : { wire };
  return {
    tokenExpired: failure(LoginData, () => loginMessages.tokenExpired, options),
    notLoggedIn: failure(LoginData, () => loginMessages.notLoggedIn, options),
    invalidToken: failure(LoginData, () => loginMessages.invalidToken, options),
  };
}

/** What is wrong with a token. A missing login and a wrong token read the same, and are told apart here. */
export function loginFault(state: State, token: string): LoginFault | undefined {
  if (equal(state.token_expires_in, 0)) return "tokenExpired";
  if (token === state.access_token) return undefined;
  return state.access_token === null ? "notLoggedIn" : "invalidToken";
}

/** The facts behind a login fault; the right token is no part of them. */
export function loginData(state: State, token: string): LoginData {
  return { access_token: token, user: userOf(state) };
}

export function userOf({ user_first_name: first, user_last_name: last }: State): string | null {
  return known([first, last]).join(" ") || null;
}

const known = (values: readonly (string | null)[]): string[] => values.filter((value) => value !== null);
export const tokens = (state: State): string[] => known([state.access_token]);
export const firstNames = (state: State): string[] => known([state.user_first_name]);
export const lastNames = (state: State): string[] => known([state.user_last_name]);
