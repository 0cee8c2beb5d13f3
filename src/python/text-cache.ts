/** Texts of large values that can no longer change. */
export type TextCache<Text> = WeakMap<object, { readonly text: Text }>;

const leastSize = 64;

/**
 * The text of a container, kept when the container is large and frozen: the long listings of a scenario are shared by
 * every state forked from it. A frozen container must be frozen all the way down, as states are.
 */
export function cachedText<Value extends object, Text>(
  cache: TextCache<Text>,
  value: Value,
  size: number,
  write: (value: Value) => Text,
): Text {
  if (size < leastSize || !Object.isFrozen(value)) return write(value);
  const known = cache.get(value);
  if (known) return known.text;
  const text = write(value);
  cache.set(value, { text });
  return text;
}
