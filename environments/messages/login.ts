import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import type { State } from "./state.ts";

export const loggedIn = "logged in to messages";
export const notLoggedIn = failure(
  z.strictObject({ users: z.array(z.string()) }),
  () => "No user is currently logged in.",
);

export const userNames = (state: State): string[] => state.users.map(([name]) => name);
export const userIds = (state: State): string[] => state.users.map(([, id]) => id);

/** A name with its id, as failures list those that exist. */
export const knownUsers = z.array(z.strictObject({ name: z.string(), id: z.string() }));
export const usersOf = (state: State): z.output<typeof knownUsers> => state.users.map(([name, id]) => ({ name, id }));
