import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, type History } from "../../../src/feedback/history.ts";
import { compare } from "../../../src/python/arithmetic.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { loginElsewhere } from "../../login-elsewhere.ts";
import { loggedIn } from "../account-tools.ts";
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

export const notLoggedInToList = ({ state, history }: HintContext<State>): Advice =>
  notLoggedIn(state, history, "Listing the tickets that a user has created");

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
