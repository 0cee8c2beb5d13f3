import { nearestNames } from "../../src/core/nearest-name.ts";
import type { Advice } from "../../src/feedback/advice.ts";
import { defineHints } from "../../src/feedback/define-hints.ts";
import { ago, type History } from "../../src/feedback/history.ts";
import { quoted, shortly } from "../../src/feedback/words.ts";
import { idFact, idGuide, nameMeant, nearestIds, noneOf, unmetId } from "./hints/ids.ts";
import { notLoggedIn, notLoggedInToDelete, notLoggedInToSend } from "./hints/login.ts";
import { receiversOf } from "./inbox.ts";
import { messages } from "./index.ts";
import { messageThere, userNamed, userNames } from "./login.ts";
import type { State } from "./state.ts";

/** A name that nobody has. */
function unknownUser(state: State, given: string, offered: ReadonlySet<string>): Advice {
  const names = userNames(state);
  const owner = state.users.find(([, id]) => id === given)?.[0];
  if (owner !== undefined)
    return {
      diagnose: `There must be ${userNamed}: '${given}' is not a name but the id of a user.`,
      guide: `It can be used as it is wherever an id is needed. For 'user', its name would be '${owner}'.`,
      direct: "",
      unmet: [userNamed],
      argument: "user",
      values: [owner],
    };
  const values = nearestNames(given, names, 2);
  const canAdd = offered.has("add_contact");
  return {
    diagnose: `There must be ${userNamed}, and ${noneOf(state)} is named '${shortly(given)}'; names are compared letter by letter.`,
    guide: `${values.length > 0 ? `For 'user', the nearest ${values.length > 1 ? "names are" : "name is"} ${quoted(values)}.` : "No name here resembles it."} Someone new has to be added as a contact first.`,
    direct: `Call 'list_users' to see all names${canAdd ? ", or 'add_contact' for someone new" : ""}.`,
    unmet: [userNamed],
    tools: ["list_users", ...(canAdd ? ["add_contact"] : [])],
    ...(values.length > 0 ? { argument: "user", values } : {}),
  };
}

/** A receiver without messages. */
function noMessageTo(state: State, given: string, history: History): Advice {
  const receivers = receiversOf(state);
  const deleted = history.findLast(
    ({ call, failure }) => call.tool === "delete_message" && failure === undefined && call.args.receiver_id === given,
  );
  const name = nameMeant(state, given);
  const rule = `There must be ${messageThere}, and there is none to '${shortly(given)}'`;
  if (name !== undefined)
    return {
      diagnose: `${rule}: that is the name of a user, and 'receiver_id' must be an id.`,
      guide: `Look up the id of '${name}' first, and give that.`,
      direct: "Call 'get_user_id' with the name.",
      unmet: [messageThere],
      tools: ["get_user_id"],
      anew: true,
    };
  const user = state.users.some(([, id]) => id === given);
  const diagnose = `${rule}; ${user ? "a user has that id" : "no user has that id"}.${deleted ? ` A call deleted the latest one ${ago(deleted)}.` : ""}`;
  if (receivers.length === 0)
    return {
      diagnose: `${diagnose} There are no messages at all.`,
      guide: "Nothing is left to delete; tell the user so.",
      direct: "",
      unmet: [messageThere],
    };
  const sent = history.findLast(
    ({ call, failure, text }) =>
      call.tool === "send_message" && failure === undefined && given !== "" && text.includes(`"new_id": ${given}}`),
  );
  const receiver = sent?.call.args.receiver_id;
  if (sent && typeof receiver === "string" && receivers.includes(receiver))
    return {
      diagnose: `${diagnose} It is the id of a message, sent ${ago(sent)}; a message is deleted by its receiver.`,
      guide: `For 'receiver_id', give the one it was sent to, '${receiver}'; the latest message to a receiver is the one that goes.`,
      direct: "",
      unmet: [messageThere],
      argument: "receiver_id",
      values: [receiver],
    };
  const values = nearestIds(given, receivers, history);
  return {
    diagnose,
    guide: `${deleted ? "If only that one was to go, it is done. Otherwise look" : "Look"} first for whom there are messages${values.length > 0 ? `; for 'receiver_id', the nearest of them ${values.length > 1 ? "are" : "is"} ${quoted(values)}` : ""}.`,
    direct: "Call 'view_messages_sent' to see what there is.",
    unmet: [messageThere],
    tools: ["view_messages_sent"],
    ...(values.length > 0 ? { argument: "receiver_id", values } : {}),
  };
}

/** How many more tries it takes until the id made from the count is free; each try counts it up. */
function triesUntilFree({ userCount, users }: State): number {
  const taken = new Set(users.map(([, id]) => id));
  let tries = 1;
  while (taken.has(`USR${String(userCount + tries).padStart(3, "0")}`)) tries++;
  return tries;
}

/** Hints on the failures of the message app. */
export const messageHints = defineHints(messages, {
  get_user_id: { unknownUser: ({ state, offered, error: { data } }) => unknownUser(state, data.user, offered) },
  message_login: {
    unknownUserId: ({ state, history, error: { data } }) => {
      const { guide, ...rest } = idGuide(state, "user_id", data.userId, history);
      const { currentUser } = state;
      return {
        ...rest,
        diagnose: `${idFact(state, "user_id", data.userId)} The login failed, and ${currentUser ? "the one who was logged in before still is" : "nobody is logged in"}.`,
        guide: currentUser ? `${guide} Logged in now is '${currentUser}'.` : guide,
        unmet: unmetId(state, data.userId),
      };
    },
  },
  send_message: {
    notLoggedIn: notLoggedInToSend,
    unknownReceiver: ({ state, history, error: { data } }) => ({
      ...idGuide(state, "receiver_id", data.receiverId, history),
      diagnose: idFact(state, "receiver_id", data.receiverId),
      unmet: unmetId(state, data.receiverId),
    }),
  },
  delete_message: {
    notLoggedIn: notLoggedInToDelete,
    noMessageTo: ({ state, history, error: { data } }) => noMessageTo(state, data.receiverId, history),
  },
  view_messages_sent: { notLoggedIn },
  search_messages: { notLoggedIn },
  get_message_stats: { notLoggedIn },
  add_contact: {
    nameTaken: ({ history, error: { data } }) => {
      const added = history.findLast(
        ({ call, failure }) =>
          call.tool === "add_contact" && failure === undefined && call.args.user_name === data.name,
      );
      return {
        diagnose: `There is a user named '${shortly(data.name)}' already${added ? `, added ${ago(added)}` : ""}; two cannot share a name.`,
        guide: added
          ? "Nothing more need be added; the id stands in what that call returned."
          : "Nothing more need be added if it is the same one: look up the id by the name. Someone else of that name needs a longer name.",
        direct: "Call 'get_user_id' with the name.",
        tools: ["get_user_id"],
        anew: true,
      };
    },
    idTaken: ({ state, error: { data } }) => {
      const tries = triesUntilFree(state);
      return {
        diagnose: `The name '${shortly(data.name)}' is free, but the id that was made up for it, '${data.userId}', is taken by another user; nothing was added.`,
        guide: `Each try makes up the next id: the same call again succeeds ${tries === 1 ? "at the next try" : `after ${tries - 1} more that fail like this`}.`,
        direct: "Call 'add_contact' again with the same name.",
        tools: ["add_contact"],
      };
    },
  },
});
