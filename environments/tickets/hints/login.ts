import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, type History } from "../../../src/feedback/history.ts";
import { compare } from "../../../src/python/arithmetic.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { loginElsewhere } from "../../login-elsewhere.ts";
import { loggedIn } from "../account-tools.ts";
import { withoutCreator } from "../get-user-tickets.ts";
import type { State } from "../state.ts";
import { priorities } from "../ticket-tools.ts";

/** What ended or prevented a login, as far as the calls tell. */
function loginBefore(history: History): string {
  const last = history.findLast(({ call }) => call.tool === "ticket_login" || call.tool === "logout");
  if (!last) return loginElsewhere(history);
  if (last.call.tool === "logout") return ` The last one was logged out ${ago(last)}.`;
  return last.failure === undefined ? "" : ` The login ${ago(last)} failed.`;
}

/** How many tickets there are, which needs no login to know. */
function filedSoFar({ queue }: State): string {
  if (queue.length === 0) return "no ticket is filed yet";
  return queue.length === 1 ? "one ticket is filed so far" : `${queue.length} tickets are filed so far`;
}

/** Nobody is logged in to the ticket system. */
function notLoggedIn(state: State, history: History, what: string): Advice {
  return {
    diagnose: `${what} needs someone to be ${loggedIn}, and nobody is; ${filedSoFar(state)}.${loginBefore(history)}`,
    guide: "Log in first, with the user name and password from the conversation; ask for them if it has none.",
    direct: "Call 'ticket_login'.",
    unmet: [loggedIn],
    tools: ["ticket_login"],
  };
}

export const notLoggedInToList = ({ state, history }: HintContext<State>): Advice => {
  const login = notLoggedIn(state, history, "Listing the tickets that a user has created");
  const without = withoutCreator(state.queue);
  if (without === 0) return login;
  return {
    ...login,
    diagnose: `${login.diagnose} Besides, ${creatorsRule(without, state.queue.length)}.`,
    guide: `No login will change that: look at single tickets by their ids instead, which needs none.`,
    direct: "Call 'get_ticket' with an id.",
    tools: ["get_ticket"],
    anew: true,
  };
};

const creatorsRule = (without: number, tickets: number): string =>
  `tickets cannot be listed by their creator while any has none, and ${without} of ${tickets} ${without === 1 ? "has" : "have"} none`;

/** Some ticket does not say who created it, so that none can be listed by creator. */
export const creatorMissing = ({
  error: { data },
}: HintContext<State, unknown, { readonly data: { readonly without: number; readonly tickets: number } }>): Advice => ({
  diagnose: `The fault is not in the call: ${creatorsRule(data.without, data.tickets)}.`,
  guide: "It fails for any user and any status: look at single tickets by their ids instead.",
  direct: "Call 'get_ticket' with an id.",
  tools: ["get_ticket"],
  anew: true,
});

/** A priority that is not on the scale. */
export function priorityAdvice(priority: PyNumber): Advice {
  const { least, most } = priorities;
  const nearest = compare(priority, most) > 0 ? most : least;
  return {
    diagnose: `A priority goes from ${least}, the least urgent, to ${most}, the most urgent; ${str(priority)} is outside.`,
    guide: `For 'priority', the nearest that is possible is ${nearest}.`,
    direct: "",
    argument: "priority",
    values: [nearest],
  };
}

/** Nobody is logged in, and the priority may be wrong too. */
export const notLoggedInToFile = ({
  state,
  args: { priority },
  history,
}: HintContext<State, { readonly priority: PyNumber }>): Advice => {
  const login = notLoggedIn(state, history, "Filing a ticket");
  if (compare(priority, priorities.least) >= 0 && compare(priority, priorities.most) <= 0) return login;
  const { diagnose, guide } = priorityAdvice(priority);
  return { ...login, diagnose: `${login.diagnose} Besides: ${diagnose}`, guide: `${login.guide} ${guide}` };
};
