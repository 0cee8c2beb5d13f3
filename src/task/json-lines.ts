import { parseJson } from "../python/json.ts";
import type { Problem } from "./problem.ts";

export interface JsonLine {
  /** Counted from 1, blank lines included. */
  readonly line: number;
  readonly value: unknown;
}

/** Reads a file of one JSON value a line: a byte order mark, blank lines and either line end are fine, bad lines become problems. */
export function readJsonLines(text: string, file: string, problems: Problem[]): JsonLine[] {
  const values: JsonLine[] = [];
  for (const [index, content] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    if (content.trim() === "") continue;
    try {
      values.push({ line: index + 1, value: JSON.parse(content) });
    } catch {
      problems.push({ file, line: index + 1, ...explain(content) });
    }
  }
  return values;
}

/** Where the text stops being JSON; `JSON.parse` itself does not always say. */
function explain(content: string): { readonly column: number; readonly message: string } {
  try {
    parseJson(content);
  } catch (error) {
    const [, what, column] = /^(.*): line \d+ column (\d+)/.exec((error as Error).message) ?? [];
    if (what !== undefined && column !== undefined)
      return {
        column: Number(column),
        message: `not JSON: ${what.toLowerCase()}; each line must be one whole JSON object`,
      };
    return { column: 1, message: `not JSON: ${(error as Error).message}` };
  }
  const withoutStrings = content.replace(/"(?:[^"\\]|\\.)*"/g, (text) => " ".repeat(text.length));
  const column = withoutStrings.search(/-?(NaN|Infinity)/) + 1;
  return {
    column,
    message: `not JSON: NaN and Infinity have no JSON form; write {"$float": "nan"} or {"$float": "inf"}`,
  };
}
