import { logout, ticket_get_login_status, ticket_login } from "./account-tools.ts";
import { edit_ticket } from "./edit-ticket.ts";
import { get_user_tickets } from "./get-user-tickets.ts";
import { ticketState } from "./state.ts";
import { close_ticket, create_ticket, get_ticket, resolve_ticket } from "./ticket-tools.ts";

/** BFCL's TicketAPI: 9 tools over a queue of support tickets. */
export const tickets = ticketState.environment({
  tools: {
    create_ticket,
    get_ticket,
    close_ticket,
    resolve_ticket,
    edit_ticket,
    ticket_login,
    ticket_get_login_status,
    logout,
    get_user_tickets,
  },
  public: {
    ticket_queue: (state) => state.queue,
    ticket_counter: (state) => state.counter,
    current_user: (state) => state.currentUser,
  },
});
