import { withAppended, withItem } from "../core/frozen-list.ts";
import { dictOf, type PyEntry } from "./dict.ts";
import { equal } from "./equal.ts";

/** A dict that is kept as a list of entries, with one set: in its place, or behind the others where `index` is -1. Frozen. */
export function withEntry<E extends readonly [unknown, unknown]>(entries: readonly E[], index: number, entry: E): E[] {
  return index < 0 ? withAppended(entries, entry) : withItem(entries, index, entry);
}

/** A public attribute that is a dict, which the state keeps as a list of entries; what two states share is not looked into. */
export function dictAttribute<S>(entriesOf: (state: S) => readonly (readonly [unknown, unknown])[]) {
  const entries = entriesOf as (state: S) => readonly PyEntry[];
  return {
    of: (state: S) => dictOf(entries(state)),
    same: (a: S, b: S) => sameEntries(entries(a), entries(b)),
  };
}

/** Whether two dicts hold equal values under equal keys, in any order. */
function sameEntries(a: readonly PyEntry[], b: readonly PyEntry[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  const differs = ([key, value]: PyEntry, opposite: PyEntry): boolean => {
    const other = equal(opposite[0], key) ? opposite : b.find(([known]) => equal(known, key));
    return other === undefined || !equal(value, other[1]);
  };
  for (let index = 0; index < a.length; index++)
    if (a[index] !== b[index] && differs(a[index]!, b[index]!)) return false;
  return true;
}
