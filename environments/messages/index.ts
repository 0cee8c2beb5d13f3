import { dictOf } from "../../src/python/dict.ts";
import { recordedInbox, sameInbox } from "./inbox.ts";
import { delete_message, get_message_stats, search_messages, send_message, view_messages_sent } from "./inbox-tools.ts";
import { messageState } from "./state.ts";
import { add_contact, get_user_id, list_users, message_get_login_status, message_login } from "./user-tools.ts";

/** BFCL's MessageAPI: 10 tools over the users of a workspace and one inbox for all of them. */
export const messages = messageState.environment({
  tools: {
    list_users,
    get_user_id,
    message_login,
    message_get_login_status,
    send_message,
    delete_message,
    view_messages_sent,
    add_contact,
    search_messages,
    get_message_stats,
  },
  public: {
    generated_ids: (state) => ({ $set: state.generatedIds }),
    user_count: (state) => state.userCount,
    user_map: (state) => dictOf(state.users),
    inbox: { of: recordedInbox, same: sameInbox },
    message_count: (state) => state.messageCount,
    current_user: (state) => state.currentUser,
  },
  invariants: {
    "no two users share a name": ({ users }) => new Set(users.map(([name]) => name)).size === users.length,
    "every generated id has five digits and was generated once": ({ generatedIds }) =>
      new Set(generatedIds).size === generatedIds.length && generatedIds.every((id) => /^[1-9]\d{4}$/.test(String(id))),
    "every generated id cost a draw": ({ random, generatedIds }) => random.draws >= generatedIds.length,
  },
});
