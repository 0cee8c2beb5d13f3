import { dictOf } from "../../src/python/dict.ts";
import { equal } from "../../src/python/equal.ts";
import type { PyValue } from "../../src/python/value.ts";
import type { Message, State } from "./state.ts";

/** Whom a message is for; of several receivers only the first counts. */
export const receiverOf = (message: Message): string => message[0]![0];
export const contentOf = (message: Message): PyValue => message[0]![1];

/** Whom messages are for, each once, in the order of their first message. */
export const receiversOf = (state: State): string[] => [...new Set(state.inbox.map(receiverOf))];

/** The inbox as the reference holds it: a list of dicts. */
export const recordedInbox = (state: State): PyValue => state.inbox.map((message) => dictOf(message));

export function sameInbox({ inbox: a }: State, { inbox: b }: State): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((message, index) => sameMessage(message, b[index]!));
}

export function sameMessage(a: Message, b: Message): boolean {
  return a === b || equal(dictOf(a), dictOf(b));
}
