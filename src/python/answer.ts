import { type CallSyntax, parseCalls } from "./call-syntax.ts";
import type { SyntaxFailure } from "./source-cursor.ts";

/**
 * Reads a model's answer in BFCL's prompting form: a list of calls. Blanks, line ends and backticks around it are dropped and
 * missing brackets added, as in the reference.
 */
export function parseAnswer(text: string): readonly CallSyntax[] | SyntaxFailure {
  const answer = strippedAnswer(text);
  const opened = answer.startsWith("[") ? answer : `[${answer}`;
  return parseCalls(opened.endsWith("]") ? opened : `${opened}]`);
}

/** An answer without what may stand around it; linear time, whatever the text. */
export function strippedAnswer(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && "`\n ".includes(text[start]!)) start++;
  while (end > start && "`\n ".includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}
