import { z } from "zod";
import { indexWhere, withAppended } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { knownUsers, loggedIn, userIds, userNamed, userNames, usersOf, userWithId } from "./login.ts";
import { messageState } from "./state.ts";

export const list_users = messageState
  .read({
    description: "List the names of all users in the workspace.",
    args: z.object({}),
    result: z.strictObject({ user_list: z.array(z.string()) }),
  })
  .run(({ state }) => ({ user_list: userNames(state) }));

export const get_user_id = messageState
  .read({
    description: "Look up the user id that belongs to a user's name.",
    args: z.object({ user: z.string() }),
    result: z.strictObject({ user_id: z.string() }),
    failures: {
      unknownUser: failure(
        z.strictObject({ user: z.string(), known: knownUsers }),
        ({ user }) => `User '${user}' not found in the workspace.`,
      ),
    },
    candidates: { user: userNames },
    requires: [userNamed],
  })
  .run(({ state, args: { user }, fail }) => {
    const found = state.users.find(([name]) => name === user);
    return found ? { user_id: found[1] } : fail.unknownUser({ user, known: usersOf(state) });
  });

export const message_login = messageState
  .write({
    description: "Log in to the message app as the user with this user id. Takes the id, not the name.",
    args: z.object({ user_id: z.string() }),
    result: z.strictObject({ login_status: z.literal(true), message: z.string() }),
    failures: {
      unknownUserId: failure(
        z.strictObject({ userId: z.string(), known: knownUsers }),
        ({ userId }) => `User ID '${userId}' not found.`,
        { wire: (_, message) => ({ login_status: false, message }), soft: true },
      ),
    },
    candidates: { user_id: userIds },
    requires: [userWithId],
    provides: [loggedIn],
  })
  .run(({ state, draft, args: { user_id }, fail }) => {
    if (indexWhere(state.users, ([, id]) => id === user_id) < 0)
      return fail.unknownUserId({ userId: user_id, known: usersOf(state) });
    if (state.currentUser !== user_id) draft().currentUser = user_id;
    return { login_status: true, message: `User '${user_id}' logged in successfully.` };
  });

export const message_get_login_status = messageState
  .read({
    description: "Tell whether a user is logged in to the message app.",
    args: z.object({}),
    result: z.strictObject({ login_status: z.boolean() }),
  })
  .run(({ state }) => ({ login_status: !!state.currentUser }));

export const add_contact = messageState
  .write({
    description: "Add a new user to the workspace by name; the user id is made up and returned.",
    args: z.object({ user_name: z.string() }),
    result: z.strictObject({ added_status: z.literal(true), user_id: z.string(), message: z.string() }),
    failures: {
      nameTaken: failure(
        z.strictObject({ name: z.string(), userId: z.string() }),
        ({ name }) => `User name '${name}' already exists.`,
      ),
      idTaken: failure(
        z.strictObject({ name: z.string(), userId: z.string(), takenBy: z.string() }),
        ({ userId }) => `User ID '${userId}' already exists.`,
      ),
    },
    candidates: { user_name: userNames },
    provides: [userNamed, userWithId],
    // The count goes up even where the id made from it turns out to be taken, so another try gets the next one.
    onFailure: "commit",
  })
  .run(({ state, draft, args: { user_name }, fail }) => {
    const known = state.users.find(([name]) => name === user_name);
    if (known) return fail.nameTaken({ name: user_name, userId: known[1] });
    const count = state.userCount + 1;
    const userId = `USR${String(count).padStart(3, "0")}`;
    const next = draft();
    next.userCount = count;
    const owner = state.users.find(([, id]) => id === userId);
    if (owner) return fail.idTaken({ name: user_name, userId, takenBy: owner[0] });
    next.users = withAppended(state.users, [user_name, userId]);
    return { added_status: true, user_id: userId, message: `Contact '${user_name}' added successfully.` };
  });
