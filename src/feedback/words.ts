/** `'a', 'b'`: names and values as hints write them. */
export const quoted = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === "string" ? `'${value}'` : String(value))).join(", ");

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A text that a model wrote, cut where it is long. */
export const shortly = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
