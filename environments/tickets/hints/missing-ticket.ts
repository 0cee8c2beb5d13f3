import { nearestNames } from "../../../src/core/nearest-name.ts";
import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, type History, lastSuccess } from "../../../src/feedback/history.ts";
import { shortly } from "../../../src/feedback/words.ts";
import { equal } from "../../../src/python/equal.ts";
import { str } from "../../../src/python/text.ts";
import { loggedIn } from "../account-tools.ts";
import { ticketIds, ticketThere } from "../look-up.ts";
import type { State } from "../state.ts";
import type { TicketId } from "../ticket.ts";

/** Ids offered at once, which leaves room for filing a ticket among three ways to go on. */
const mostIds = 2;

/** No ticket has the id: another way to write it, a ticket that is still to be filed, or the nearest ids. */
export const missingTicket = ({ state, error, history }: HintContext<State, unknown, Missing>): Advice => {
  const { id } = error.data;
  const count = state.queue.length;
  const now =
    count === 0
      ? "there are no tickets at all"
      : `${count === 1 ? "the only one has not" : `none of the ${count} has`} the id ${shownId(id)}`;
  const { guide, unmet = [], ...rest } = guidance(state, id, history);
  return {
    diagnose: `There must be ${ticketThere}, and ${now}${unmet.includes(loggedIn) ? `; nor is anyone ${loggedIn}` : ""}.`,
    guide: [guide, ...filedBefore(state, history)].join(" "),
    ...rest,
    unmet: [...unmet, ticketThere],
  };
};
export type Missing = { readonly data: { readonly id: TicketId } };

export const shownId = (id: TicketId): string => (typeof id === "string" ? `'${shortly(id)}'` : shortly(str(id)));
/** Whether an id can be written out in a hint. */
const isShort = (id: TicketId): boolean => shownId(id).length <= 80;

function guidance(state: State, id: TicketId, history: History): Omit<Advice, "diagnose"> {
  const argument = "ticket_id";
  const ids = ticketIds(state).filter(isShort);
  const twin = ids.find((one) => str(one) === str(id).trim().replace(/^#/, ""));
  if (twin !== undefined)
    return {
      guide: `For '${argument}', that id is written ${shownId(twin)}, ${typeof twin === "string" ? "a text" : "a number without quotes"}.`,
      direct: "",
      argument,
      values: [twin],
    };
  if (state.queue.length === 0 || str(id) === str(state.counter) || equal(id, state.counter))
    return toBeFiled(state, id);
  const titled = nearestTitle(state, id);
  if (titled !== undefined)
    return {
      guide: `A title is no id: for '${argument}', the ticket with the nearest title has the id ${shownId(titled)}.`,
      direct: "Call 'get_ticket' with that id to see whether it is the one.",
      argument,
      values: [titled],
      tools: ["get_ticket"],
      anew: true,
    };
  const values = nearestTickets(id, ids, history);
  return {
    guide: `For '${argument}', the nearest ${values.length > 1 ? "ids are" : "id is"} ${values.map(shownId).join(", ")}; look at a ticket before changing it.`,
    direct: "Call 'get_ticket' with one of them to see whether it is the one.",
    argument,
    values,
    tools: ["get_ticket"],
    anew: true,
  };
}

/** The next ticket to be filed gets the id, or there is none to choose from. */
function toBeFiled({ counter, currentUser }: State, id: TicketId): Omit<Advice, "diagnose"> {
  const isNext = str(id) === str(counter) || equal(id, counter);
  const what = isNext ? "It is the id that the next new ticket gets: file that first" : "File one first";
  const then = !isNext
    ? "The id stands in what comes back."
    : typeof id === "string"
      ? `For 'ticket_id', that id is written ${counter}, a number without quotes.`
      : "";
  return {
    guide: `${what}${currentUser ? "" : ", for which someone has to log in"}. ${then}`.trim(),
    ...(currentUser
      ? { direct: "Call 'create_ticket'.", tools: ["create_ticket"] }
      : {
          direct: "Call 'ticket_login', then 'create_ticket'.",
          unmet: [loggedIn],
          tools: ["ticket_login", "create_ticket"],
        }),
  };
}

function nearestTitle({ queue }: State, given: TicketId): TicketId | undefined {
  if (typeof given !== "string" || !/[A-Za-z]{3}/.test(given)) return undefined;
  const titled = queue.filter((ticket) => typeof ticket.title === "string");
  const [nearest] = nearestNames(given, ["", ...titled.map(({ title }) => title as string)], 1);
  const exact = titled.find(({ title }) => title === given) ?? titled.find(({ title }) => title === nearest);
  return exact?.id as TicketId | undefined;
}

/** Ids that an earlier call returned come first, then those that are nearest as numbers or as texts. */
export function nearestTickets(
  given: TicketId,
  ids: readonly TicketId[],
  history: History,
  most = mostIds,
): TicketId[] {
  const filed = history.filter(({ call, failure }) => failure === undefined && call.tool === "create_ticket");
  const told = ids.filter((id) => filed.some(({ text }) => text.startsWith(`{"id": ${JSON.stringify(id)},`)));
  const number = Number(str(given));
  const distance = (id: TicketId) => Math.abs(Number(str(id)) - number);
  const byNumber = ids.filter((id) => Number.isFinite(distance(id))).sort((a, b) => distance(a) - distance(b));
  const byText = nearestNames(
    str(given),
    ids.map((id) => str(id)),
    most,
  ).map((text) => ids.find((id) => str(id) === text)!);
  return [...new Set([...told, ...byNumber, ...byText, ...ids])].slice(0, most);
}

function filedBefore(state: State, history: History): string[] {
  const filed = lastSuccess(history, "create_ticket");
  return filed && state.queue.length > 0 ? [`A ticket was filed ${ago(filed)}; its id stands in what came back.`] : [];
}
