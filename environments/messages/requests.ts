import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { contentOf } from "./inbox.ts";
import { messages } from "./index.ts";

/** How users speak of the message app. */
export const messageRequests = defineRequests(messages, {
  nouns: {
    user: "name",
    user_id: "user id",
    receiver_id: "user id",
    user_name: "name",
    keyword: "keyword",
  },
  tools: {
    list_users: () => "show me everyone in the workspace",
    get_user_id: ({ user }) => `look up the user id under the name ${user}`,
    message_login: ({ user_id }) => `log in to the message app with the user id ${user_id}`,
    message_get_login_status: () => "check whether we are logged in to the message app",
    send_message: {
      ask: ({ receiver_id, message }) => `send the message ${message} to ${receiver_id}`,
      values: { message: (_, random) => [invent.sentence(random)] },
    },
    delete_message: ({ receiver_id }) => `delete the latest message to ${receiver_id}`,
    view_messages_sent: () => "show me all messages that were sent",
    add_contact: {
      ask: ({ user_name }) => `add a new contact with the name ${user_name}`,
      values: { user_name: (_, random) => [invent.fullName(random)] },
    },
    search_messages: {
      ask: ({ keyword }) => `search the messages for ${keyword}`,
      values: {
        keyword: ({ inbox }) =>
          inbox
            .map(contentOf)
            .flatMap((content) => (typeof content === "string" ? (content.match(/[\p{L}]{4,}/gu) ?? []) : [])),
      },
    },
    get_message_stats: () => "tell me how many messages there are, and to how many people",
  },
  enlarge: (config, random) => {
    const { user_map, inbox } = config;
    if (!user_map || "$dict" in user_map || !inbox) return config;
    const known = new Set([...Object.keys(user_map), ...Object.values(user_map)]);
    const users = Array.from(
      { length: 40 },
      (_, index) => [invent.fullName(random), `USR${700 + index}`] as const,
    ).filter(([name, id]) => !known.has(name) && !known.has(id));
    const more = users.flatMap(([, id]) => [{ [id]: invent.sentence(random) }, { [id]: invent.sentence(random) }]);
    return { ...config, user_map: { ...user_map, ...Object.fromEntries(users) }, inbox: [...more, ...inbox] };
  },
});
