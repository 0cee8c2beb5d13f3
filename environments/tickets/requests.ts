import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { tickets } from "./index.ts";

/** How users speak of the ticket system. */
export const ticketRequests = defineRequests(tickets, {
  nouns: {
    ticket_id: "ticket id",
    resolution: "explanation of the solution",
    updates: "changes to the ticket",
    username: "user name",
  },
  tools: {
    create_ticket: {
      ask: ({ title, description, priority }) =>
        `file a new ticket with the title ${title}${description ? `, the description ${description}` : ""}${priority ? ` and priority ${priority}` : ""}`,
      values: {
        title: (_, random) => [invent.title(random)],
        description: (_, random) => [invent.sentence(random)],
        priority: () => [2, 3, 4, 5],
      },
    },
    get_ticket: ({ ticket_id }) => `show me ticket ${ticket_id}`,
    close_ticket: ({ ticket_id }) => `close ticket ${ticket_id}`,
    resolve_ticket: {
      ask: ({ ticket_id, resolution }) => `mark ticket ${ticket_id} as resolved, with the explanation ${resolution}`,
      values: { resolution: (_, random) => [invent.sentence(random)] },
    },
    edit_ticket: {
      ask: ({ ticket_id, updates }) => `change ticket ${ticket_id} as follows: ${updates}`,
      values: {
        updates: (_, random) => [
          { title: invent.title(random) },
          { description: invent.sentence(random) },
          { priority: 1 + random.below(5) },
          { title: invent.title(random), priority: 1 + random.below(5) },
          { status: "In Progress" },
        ],
      },
    },
    ticket_login: {
      ask: ({ username, password }) => `log in to the ticket system as ${username} with the password ${password}`,
      values: {
        username: ({ queue }, random) => {
          const creators = queue
            .map(({ created_by }) => created_by)
            .filter((name) => typeof name === "string" && name !== "");
          return creators.length > 0 ? (creators as string[]) : [invent.name(random).toLowerCase()];
        },
        password: (_, random) => [invent.code(random)],
      },
    },
    ticket_get_login_status: () => "check whether anyone is logged in to the ticket system",
    logout: () => "log out of the ticket system",
    get_user_tickets: ({ status }) => (status ? `list my tickets with the status ${status}` : "list all my tickets"),
  },
  enlarge: (config, random) => {
    const queue = config.ticket_queue ?? [];
    const counter = config.ticket_counter ?? 1;
    const taken = new Set(queue.map((ticket) => (ticket as { id?: unknown }).id));
    const more = Array.from({ length: 60 }, (_, index) => ({
      id: counter + 1000 + index,
      title: invent.title(random),
      description: invent.sentence(random),
      status: random.pick(["Open", "Closed", "Resolved"]),
      priority: 1 + random.below(5),
      created_by: invent.name(random).toLowerCase(),
    })).filter(({ id }) => !taken.has(id));
    return { ...config, ticket_queue: [...queue, ...more] };
  },
});
