const joined = new WeakMap<object, WeakMap<object, readonly unknown[]>>();

/**
 * Two frozen lists as one, made once for the pair: a joined list that stays the same object keeps its text, which for a
 * thousand items costs more than all else that a call does.
 */
export function joinedList<A, B>(front: readonly A[], back: readonly B[]): (A | B)[] {
  let known = joined.get(front);
  if (!known) {
    known = new WeakMap();
    joined.set(front, known);
  }
  let list = known.get(back);
  if (!list) {
    list = Object.freeze([...front, ...back]);
    known.set(back, list);
  }
  return list as (A | B)[];
}
