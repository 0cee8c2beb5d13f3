/** Letters of a word that count: endings differ where the meaning does not ("locks", "locked"). */
const stemLength = 5;

/** The words of a text as features see them, each once: in lower case, without endings, tool names taken apart. */
export function stemsOf(text: string): ReadonlySet<string> {
  const apart = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return new Set((apart.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, stemLength)));
}

/** What a message asks for, one thing after the other: its sentences, and what stands behind ", then". */
export function clausesOf(message: string): readonly string[] {
  const clauses = message.split(/(?<=[.!?])\s+(?=[\p{Lu}"'])|,\s+then\s+/u).map((clause) => clause.trim());
  return clauses.filter((clause) => clause !== "");
}

/** A text in which values are looked up. */
export interface Sought {
  readonly text: string;
  readonly tokens: ReadonlySet<string>;
}

export function soughtIn(text: string): Sought {
  const lowered = text.toLowerCase();
  return { text: lowered, tokens: new Set(lowered.match(/-?\d+(?:\.\d+)?|[\p{L}\p{N}_]+/gu) ?? []) };
}

/** Whether a value stands in a text: short ones and numbers as a word of it, longer ones anywhere. */
export const holds = ({ text, tokens }: Sought, value: string): boolean =>
  value.length < 4 || /^-?[\d.]+$/.test(value) ? tokens.has(value) : text.includes(value);

/** The texts and numbers in a value, as they would be written; truth values say nothing about where they come from. */
export function writtenIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.toLowerCase()];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(writtenIn);
}
