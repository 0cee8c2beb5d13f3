const before = 20;
const after = 30;

/** A place in a model's text as a person is told of it: the number of the character, from 1, and what stands around it. */
export function place(text: string, at: number): string {
  const isEnd = at >= text.length;
  return `at ${isEnd ? "the end" : `character ${at + 1}`}, near \`${excerpt(text, at - before, at + after)}\``;
}

/** The start of a text, where all of it would be too much. */
export const startOf = (text: string): string => `\`${excerpt(text, 0, before + after)}\``;

function excerpt(text: string, from: number, to: number): string {
  const start = Math.max(0, from);
  const cut = text.slice(start, to).replace(/\s+/g, " ").toWellFormed();
  return `${start > 0 ? "…" : ""}${cut}${to < text.length ? "…" : ""}`;
}
