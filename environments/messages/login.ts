import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import type { State } from "./state.ts";

export const loggedIn = "logged in to messages";
/** What a call needs of the one it names, which adding a contact brings about, and of the messages, which sending does. */
export const userNamed = "a user of that name";
export const userWithId = "a user with that id";
export const messageThere = "a message to that receiver";
export const notLoggedIn = failure(
  z.strictObject({ users: z.array(z.string()) }),
  () => "No user is currently logged in.",
);

export const userNames = (state: State): string[] => state.users.map(([name]) => name);
export const userIds = (state: State): string[] => state.users.map(([, id]) => id);

/** A name with its id, as failures list those that exist. */
export const knownUsers = z.array(z.strictObject({ name: z.string(), id: z.string() }));
export const usersOf = (state: State): z.output<typeof knownUsers> => state.users.map(([name, id]) => ({ name, id }));
