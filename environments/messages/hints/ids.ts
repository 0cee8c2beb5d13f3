import type { Call } from "../../../src/core/call.ts";
import { nearestName, nearestNames } from "../../../src/core/nearest-name.ts";
import type { Advice } from "../../../src/feedback/advice.ts";
import type { History } from "../../../src/feedback/history.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import { userIds, userNames, userWithId } from "../login.ts";
import type { State } from "../state.ts";

export type Guidance = Omit<Advice, "diagnose" | "unmet">;

/** Ids offered at once, which leaves room for adding a contact among three ways to go on. */
const mostIds = 2;

/** The user whose name was given, however it is written. */
export const nameMeant = (state: State, given: string): string | undefined =>
  userNames(state).find((name) => name === given) ??
  userNames(state).find((name) => name.toLowerCase() === given.trim().toLowerCase());

/** The number in `USR002`, `usr2`, `2` or `user_02`; undefined for what does not look like an id. */
function numberIn(text: string): number | undefined {
  const match = /^\W*(?:usr|user|user\W*id|id)?[\W_]*(\d{1,9})\W*$/i.exec(text.slice(0, 40));
  return match ? Number(match[1]) : undefined;
}

/** Whether the next contact to be added gets the id that was given. */
const isNextId = (state: State, given: string): boolean => numberIn(given) === state.userCount + 1;

/** The ids, of some, that come nearest to a given one: written in another way, told by an earlier call, or most alike. */
export function nearestIds(given: string, ids: readonly string[], history: History): string[] {
  const number = numberIn(given);
  const same = number === undefined ? [] : ids.filter((id) => numberIn(id) === number);
  if (same.length > 0) return same.slice(0, mostIds);
  const told = history.filter(({ call, failure }) => failure === undefined && tellingTools.includes(call.tool));
  const seen = ids.filter((id) => told.some(({ text }) => text.includes(`"${id}"`)));
  return [...new Set([...seen, ...nearestNames(given, ids, mostIds)])].slice(0, mostIds);
}
const tellingTools = ["get_user_id", "add_contact"];

/** "none of the 4 users" */
export const noneOf = ({ users: { length } }: State): string =>
  length === 1 ? "not even the only user" : `none of the ${length} users`;

/** What is true of a text that is no user's id. */
export function idFact(state: State, argument: string, given: string): string {
  if (nameMeant(state, given) !== undefined)
    return `'${argument}' must be the id of a user, and '${shortly(given)}' is the name of one.`;
  return `There must be ${userWithId}, and ${noneOf(state)} has the id '${shortly(given)}'.`;
}

/** The condition that `idFact` tells of; a name is no id, whoever is added. */
export const unmetId = (state: State, given: string): string[] =>
  nameMeant(state, given) === undefined ? [userWithId] : [];

const isLookUp = ({ tool, args }: Call, name: string): boolean => tool === "get_user_id" && args.user === name;

/** The way to a user's id. It hands over no id that a name stands for: finding that out is a step of its own. */
export function idGuide(state: State, argument: string, given: string, history: History): Guidance {
  const known = nameMeant(state, given);
  const lookUp = (name: string) => ({
    direct: "Call 'get_user_id' with the name.",
    tools: ["get_user_id"],
    anew: !history.some(({ call, failure }) => failure === undefined && isLookUp(call, name)),
  });
  if (known !== undefined) return { guide: `Look up the id of '${known}' first, and give that.`, ...lookUp(known) };
  const values = nearestIds(given, userIds(state), history);
  const near = `For '${argument}', the nearest ${values.length > 1 ? "ids are" : "id is"} ${quoted(values)}`;
  if (numberIn(given) !== undefined && values.some((id) => numberIn(id) === numberIn(given)))
    return { guide: `For '${argument}', ids are written like ${quoted(values)}.`, direct: "", argument, values };
  if (isNextId(state, given))
    return {
      guide: "It is the id that the next new contact gets: add that contact first.",
      direct: "Call 'add_contact' with the name.",
      tools: ["add_contact"],
    };
  const similar = nearestName(given.slice(0, 80), userNames(state));
  if (similar !== undefined)
    return {
      guide: `The nearest name is '${similar}': if that is meant, look up the id of '${similar}', and give that.`,
      ...lookUp(similar),
    };
  if (values.length > 0)
    return {
      guide: `${near}. If a name is known, look up its id instead; someone new has to be added first.`,
      direct: "Call 'get_user_id' with the name.",
      argument,
      values,
      tools: ["get_user_id"],
      anew: true,
    };
  return {
    guide: "See which users there are, and look up the id of the one who is meant; someone new has to be added first.",
    direct: "Call 'list_users', then 'get_user_id'.",
    tools: ["list_users", "get_user_id"],
  };
}
