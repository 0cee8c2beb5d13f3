import { freezeDeep } from "./freeze.ts";

/**
 * Lists with one place changed, for `draft().list = withItem(state.list, …)`. They come out frozen, so that finishing the draft
 * does not look into them again: several times as fast as changing a long list through the draft. They are copied by spreading,
 * because V8's own list methods (`slice`, `with`, `find`, …) are slow on frozen lists.
 */
export function withItem<T>(list: readonly T[], index: number, item: T): T[] {
  const next = [...list];
  next[index] = freezeDeep(item);
  return Object.freeze(next) as T[];
}

/** The list with an item behind its last. */
export function withAppended<T>(list: readonly T[], item: T): T[] {
  return Object.freeze([...list, freezeDeep(item)]) as T[];
}

/** The list without the item at an index. */
export function withoutItem<T>(list: readonly T[], index: number): T[] {
  const next = [...list];
  next.splice(index, 1);
  return Object.freeze(next) as T[];
}

/** `list.findIndex(test)`, several times as fast where the list is frozen. */
export function indexWhere<T>(list: readonly T[], test: (item: T) => boolean): number {
  for (let index = 0; index < list.length; index++) if (test(list[index]!)) return index;
  return -1;
}
