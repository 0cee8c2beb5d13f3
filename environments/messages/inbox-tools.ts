import { z } from "zod";
import { indexWhere, withAppended, withoutItem } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { dictOf } from "../../src/python/dict.ts";
import { randomInteger } from "../../src/python/random.ts";
import { pyValue } from "../../src/python/schema.ts";
import { lower } from "../../src/python/string.ts";
import type { PyValue } from "../../src/python/value.ts";
import { contentOf, receiverOf, receiversOf, sameMessage } from "./inbox.ts";
import { knownUsers, loggedIn, messageThere, notLoggedIn, userIds, userNames, usersOf, userWithId } from "./login.ts";
import { messageState, type State } from "./state.ts";

const leastId = 10000;
const greatestId = 99999;

export const send_message = messageState
  .write({
    description: "Send a message to a user, named by user id, as the user who is logged in.",
    args: z.object({ receiver_id: z.string(), message: z.string() }),
    result: z.strictObject({
      sent_status: z.literal(true),
      message_id: z.strictObject({ new_id: z.int() }),
      message: z.string(),
    }),
    failures: {
      notLoggedIn,
      unknownReceiver: failure(
        z.strictObject({ receiverId: z.string(), known: knownUsers }),
        ({ receiverId }) => `Receiver ID '${receiverId}' not found.`,
      ),
    },
    candidates: { receiver_id: userIds },
    requires: [loggedIn, userWithId],
    provides: [messageThere],
  })
  .run(({ state, draft, args: { receiver_id, message }, fail }) => {
    if (!state.currentUser) return fail.notLoggedIn({ users: userNames(state) });
    if (indexWhere(state.users, ([, id]) => id === receiver_id) < 0)
      return fail.unknownReceiver({ receiverId: receiver_id, known: usersOf(state) });
    let draw = randomInteger(state.random, leastId, greatestId);
    while (state.generatedIds.includes(draw.value)) draw = randomInteger(draw.random, leastId, greatestId);
    const next = draft();
    next.random = { seed: state.random.seed, draws: draw.random.draws };
    next.generatedIds = withAppended(state.generatedIds, draw.value);
    next.inbox = withAppended(state.inbox, [[receiver_id, message]]) as typeof next.inbox;
    next.messageCount = state.messageCount + 1;
    return {
      sent_status: true,
      message_id: { new_id: draw.value },
      message: `Message sent to '${receiver_id}' successfully.`,
    };
  });

export const delete_message = messageState
  .write({
    description: "Delete the latest message to a receiver, named by user id. Someone must be logged in.",
    args: z.object({ receiver_id: z.string() }),
    result: z.strictObject({ deleted_status: z.literal(true), receiver_id: z.string(), message: z.string() }),
    failures: {
      notLoggedIn,
      noMessageTo: failure(
        z.strictObject({ receiverId: z.string(), receivers: z.array(z.string()), known: knownUsers }),
        ({ receiverId }) => `Receiver ID ${receiverId} not found.`,
      ),
    },
    candidates: { receiver_id: (state) => [...receiversOf(state), ...userIds(state)] },
    requires: [loggedIn, messageThere],
  })
  .run(({ state, draft, args: { receiver_id }, fail }) => {
    if (!state.currentUser) return fail.notLoggedIn({ users: userNames(state) });
    const latest = state.inbox.findLast((message) => receiverOf(message) === receiver_id);
    if (!latest)
      return fail.noMessageTo({ receiverId: receiver_id, receivers: receiversOf(state), known: usersOf(state) });
    // What goes is the first message equal to the latest one, which an earlier copy of it may be.
    const position = indexWhere(state.inbox, (message) => sameMessage(message, latest));
    const next = draft();
    next.inbox = withoutItem(state.inbox, position) as typeof next.inbox;
    return {
      deleted_status: true,
      receiver_id,
      message: `Receiver ${receiver_id}'s latest message deleted successfully.`,
    };
  });

export const view_messages_sent = messageState
  .read({
    description: "Show all messages, grouped by the user id of their receiver. Someone must be logged in.",
    args: z.object({}),
    result: z.strictObject({ messages: pyValue }),
    failures: { notLoggedIn },
    requires: [loggedIn],
  })
  .run(({ state, fail }) => {
    if (!state.currentUser) return fail.notLoggedIn({ users: userNames(state) });
    const messages = new Map<string, PyValue[]>();
    for (const message of state.inbox) {
      const known = messages.get(receiverOf(message));
      if (known) known.push(contentOf(message));
      else messages.set(receiverOf(message), [contentOf(message)]);
    }
    return { messages: dictOf(messages) };
  });

export const search_messages = messageState
  .read({
    description: "Find the messages that contain a keyword, in upper or lower case. Someone must be logged in.",
    args: z.object({ keyword: z.string() }),
    result: z.strictObject({ results: z.array(z.strictObject({ receiver_id: z.string(), message: z.string() })) }),
    failures: { notLoggedIn },
    candidates: { keyword: wordsSent },
    requires: [loggedIn],
  })
  .run(({ state, args, fail }) => {
    if (!state.currentUser) return fail.notLoggedIn({ users: userNames(state) });
    const keyword = lower(args.keyword);
    // Python raises at a content that is a list or a dict, and so does lower.
    const found = state.inbox.filter((message) => lower(contentOf(message)).includes(keyword));
    return {
      results: found.map((message) => ({ receiver_id: receiverOf(message), message: contentOf(message) as string })),
    };
  });

function wordsSent(state: State): string[] {
  const texts = state.inbox.map(contentOf).filter((content) => typeof content === "string");
  return texts.flatMap((text) => text.split(" ", 3));
}

export const get_message_stats = messageState
  .read({
    description: "Count the messages, and the users they are for. Someone must be logged in.",
    args: z.object({}),
    result: z.strictObject({ stats: z.strictObject({ received_count: z.int(), total_contacts: z.int() }) }),
    failures: { notLoggedIn },
    requires: [loggedIn],
  })
  .run(({ state, fail }) => {
    if (!state.currentUser) return fail.notLoggedIn({ users: userNames(state) });
    return { stats: { received_count: state.inbox.length, total_contacts: receiversOf(state).length } };
  });
