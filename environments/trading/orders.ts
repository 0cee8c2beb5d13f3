import { indexWhere } from "../../src/core/frozen-list.ts";
import { compare } from "../../src/python/number.ts";
import type { PyNumber } from "../../src/python/value.ts";
import type { Order } from "./records.ts";
import type { State } from "./state.ts";

/** What placing an order brings about for the number that the next order gets. */
export const orderPlaced = "the order is placed";

/** Where an order stands in the list; -1 where there is none. Python's 5 and 5.0 are one number. */
export function indexOfOrder(state: State, id: PyNumber): number {
  return indexWhere(state.orders, ([key]) => key === id || (typeof key !== "string" && compare(key, id) === 0));
}

/** What a number names is an order: stray texts stand under texts. */
export function orderOf(state: State, id: PyNumber): Order | undefined {
  return state.orders[indexOfOrder(state, id)]?.[1] as Order | undefined;
}

export const orderKeys = (state: State) => state.orders.map(([key]) => key);
export const orderNumbers = (state: State) => orderKeys(state).filter((key) => typeof key !== "string");
