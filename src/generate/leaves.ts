/** A text or number inside a value: the way to it, what it is worth, and how it stands there (`{"$float":"5.0"}`, say). */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number;
  readonly raw: unknown;
}

/** The texts and numbers inside a value, in order. Keys of tagged dicts count as steps of the way. */
export function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof value === "string" || typeof value === "number") return [{ path, value, raw: value }];
  if (typeof value !== "object" || value === null) return [];
  const number = taggedNumber(value);
  if (number !== undefined) return [{ path, value: Number(number), raw: value }];
  const { $dict } = value as { readonly $dict?: readonly (readonly [unknown, unknown])[] };
  if (Array.isArray($dict)) return $dict.flatMap(([key, item]) => leavesOf(item, [...path, String(key)]));
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** How a number that JSON cannot say is written; undefined for anything else. */
export function taggedNumber(value: object): string | undefined {
  const { $float, $int } = value as { readonly $float?: string; readonly $int?: string };
  return $float ?? $int;
}
