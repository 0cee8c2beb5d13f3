import { readIdentifier } from "./identifier.ts";
import { readLiteral } from "./literal.ts";
import {
  fail,
  lineEndLength,
  openSource,
  type SourceCursor,
  SourceProblem,
  skipBlanks,
  skipToStart,
} from "./source-cursor.ts";
import { readString } from "./string-literal.ts";
import { describeUnexpected } from "./unexpected-source.ts";
import type { PyValue } from "./value.ts";

/**
 * Reads a Python module that only assigns literals to names, without executing it. Comments, imports, docstrings and type
 * annotations are skipped; anything else throws an error that says on which line.
 */
export function parseAssignments(source: string): Map<string, PyValue> {
  const cursor = openSource(source);
  const values = new Map<string, PyValue>();
  const first = source.startsWith("\ufeff") ? 1 : 0;
  cursor.at = first;
  try {
    for (skipToStart(cursor); cursor.at < source.length; skipToStart(cursor)) {
      const start = cursor.at;
      if (start > first && lineEndLength(source, start - 1) === 0) fail(start, "unexpected indent");
      readStatement(cursor, values);
      skipBlanks(cursor);
      if (cursor.at < source.length && lineEndLength(source, cursor.at) === 0) {
        fail(cursor.at, describeUnexpected(cursor));
      }
    }
    return values;
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    throw new Error(`line ${lineOf(source, error.position)}: ${error.message}`, { cause: error });
  }
}

function readStatement(cursor: SourceCursor, values: Map<string, PyValue>): void {
  if (readString(cursor) !== undefined) return;
  const start = cursor.at;
  const name = readIdentifier(cursor);
  if (name === "import" || name === "from") {
    skipUntil(cursor, () => false);
    return;
  }
  if (name === "") fail(start, "only assignments of literals to names are read");
  skipBlanks(cursor);
  if (cursor.text.charAt(cursor.at) === ":") skipAnnotation(cursor);
  if (cursor.text.charAt(cursor.at) !== "=" || cursor.text.charAt(cursor.at + 1) === "=") {
    fail(start, `only assignments of literals to names are read, '${name}' is not assigned here`);
  }
  cursor.at += 1;
  skipBlanks(cursor);
  values.set(name, readLiteral(cursor));
}

/** Stops at the "=" behind an annotation such as `: dict[str, int]`. */
function skipAnnotation(cursor: SourceCursor): void {
  skipUntil(cursor, (character) => character === "=");
}

/** Goes to a character outside brackets, or to the end of the logical line. */
function skipUntil(cursor: SourceCursor, isTarget: (character: string) => boolean): void {
  const { text } = cursor;
  for (;;) {
    skipBlanks(cursor);
    const character = text.charAt(cursor.at);
    if (character === "" || character === "\n" || character === "\r") break;
    if (cursor.nesting === 0 && isTarget(character)) return;
    if ("([{".includes(character)) cursor.nesting += 1;
    else if (")]}".includes(character)) cursor.nesting = Math.max(0, cursor.nesting - 1);
    cursor.at += 1;
  }
  if (cursor.nesting > 0) fail(cursor.at, "a bracket was never closed");
}

function lineOf(source: string, position: number): number {
  return source.slice(0, position).split(/\r\n|\r|\n/).length;
}
