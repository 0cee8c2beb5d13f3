import type { Advice } from "../../src/feedback/advice.ts";
import { defineHints, type HintContext } from "../../src/feedback/define-hints.ts";
import { ago } from "../../src/feedback/history.ts";
import { quoted, shortly } from "../../src/feedback/words.ts";
import { equal } from "../../src/python/equal.ts";
import type { PyDict, PyValue } from "../../src/python/value.ts";
import { loggedIn } from "./account-tools.ts";
import { creatorMissing, notLoggedInToFile, notLoggedInToList, priorityAdvice } from "./hints/login.ts";
import { type Missing, missingTicket, nearestTickets, shownId } from "./hints/missing-ticket.ts";
import { fieldsGuide, fieldsRule, invalidFields } from "./hints/updates.ts";
import { tickets } from "./index.ts";
import type { State } from "./state.ts";
import type { TicketId } from "./ticket.ts";

/** A ticket that is in the wanted status already; others that are not may have been meant. */
const already =
  (status: "Closed" | "Resolved") =>
  ({ state, error, history }: HintContext<State, unknown, Missing>): Advice => {
    const { id } = error.data;
    const done = history.findLast(
      ({ call, failure }) =>
        failure === undefined &&
        ["close_ticket", "resolve_ticket", "edit_ticket"].includes(call.tool) &&
        equal(call.args.ticket_id as PyValue, id),
    );
    const others = state.queue
      .filter((ticket) => ticket.id !== undefined && ticket.status !== status)
      .map((ticket) => ticket.id as TicketId);
    const values = nearestTickets(id, others, history);
    return {
      diagnose: `Ticket ${shownId(id)} has the status '${status}' already${done ? `; a call changed it ${ago(done)}` : ""}. This call changed nothing.`,
      guide: `Nothing more is needed for it.${values.length > 0 ? ` If another is meant: for 'ticket_id', the nearest without that status ${values.length > 1 ? "are" : "is"} ${values.map(shownId).join(", ")}.` : " All tickets have that status."}`,
      direct: values.length > 0 ? "Call 'get_ticket' to see whether one of them is meant." : "",
      ...(values.length > 0 ? { argument: "ticket_id", values, tools: ["get_ticket"], anew: true } : {}),
    };
  };

/** The resolution that a ticket has stays, unless the ticket is opened again. */
const alreadyResolved = (context: HintContext<State, { readonly resolution: string }, Missing>): Advice => {
  const { state, args, error } = context;
  const noted = state.queue.find((ticket) => equal(ticket.id!, error.data.id))?.resolution;
  const advice = already("Resolved")(context);
  if (noted === args.resolution) return { ...advice, diagnose: `${advice.diagnose} That very resolution is noted.` };
  return {
    ...advice,
    diagnose: `${advice.diagnose} The resolution given now was not noted.`,
    guide: `${advice.guide} Only if it has to be resolved anew, its status has to be set to 'Open' first.`,
  };
};

/** Hints on the failures of the ticket system. */
export const ticketHints = defineHints(tickets, {
  create_ticket: {
    notLoggedIn: notLoggedInToFile,
    invalidPriority: ({ error: { data } }) => priorityAdvice(data.priority),
  },
  get_ticket: { notFound: missingTicket },
  close_ticket: { notFound: missingTicket, alreadyClosed: already("Closed") },
  resolve_ticket: { notFound: missingTicket, alreadyResolved },
  edit_ticket: {
    notFound: (context) => {
      const advice = missingTicket(context);
      const updates = context.args.updates as unknown as PyDict;
      const invalid = invalidFields(updates);
      if (invalid.length === 0) return advice;
      return {
        ...advice,
        diagnose: `${advice.diagnose} Besides, ${fieldsRule(invalid)}.`,
        guide: `${advice.guide} ${fieldsGuide(updates, invalid).guide}`,
      };
    },
    invalidFields: ({ args, error: { data } }) => ({
      diagnose: `${fieldsRule(data.invalid)}.`,
      ...fieldsGuide(args.updates as unknown as PyDict, data.invalid),
    }),
  },
  ticket_login: {
    emptyCredentials: ({ state, error: { data } }) => {
      const [argument] = data.empty;
      return {
        diagnose: `The login failed: ${quoted(data.empty)} must not be empty. ${state.currentUser ? "The one who was logged in before still is." : "Nobody is logged in."}`,
        guide: `Take ${data.empty.length > 1 ? "both" : "it"} from the conversation, or ask for ${data.empty.length > 1 ? "them" : "it"}.${state.currentUser ? ` Logged in now is '${shortly(state.currentUser)}', which may do.` : ""}`,
        direct: "",
        ...(argument === undefined ? {} : { argument }),
      };
    },
  },
  logout: {
    nobodyLoggedIn: ({ history }) => {
      const last = history.findLast(({ call, failure }) => call.tool === "logout" && failure === undefined);
      return {
        diagnose: `To log out, someone must be ${loggedIn}, and nobody is${last ? ` since the logout ${ago(last)}` : ""}.`,
        guide:
          "Nothing more is needed to be logged out. For what has to be done as a certain user, log in as that one.",
        direct: "Call 'ticket_login' for that.",
        unmet: [loggedIn],
        tools: ["ticket_login"],
      };
    },
  },
  get_user_tickets: { notLoggedIn: notLoggedInToList, creatorMissing },
});
