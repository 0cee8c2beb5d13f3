import { readIdentifier } from "../../python/identifier.ts";
import { readLiteral } from "../../python/literal.ts";
import { attempt, fail, lineEndLength, openSource, skipBlanks, skipToStart } from "../../python/source-cursor.ts";
import { describeUnexpected } from "../../python/unexpected-source.ts";
import type { PyValue } from "../../python/value.ts";

/** The values of a Python module that holds nothing but `NAME = literal`. Throws a message with a line on anything else. */
export function readAssignments(text: string): ReadonlyMap<string, PyValue> {
  const values = new Map<string, PyValue>();
  const cursor = openSource(text);
  const read = attempt(() => {
    for (;;) {
      skipToStart(cursor);
      if (cursor.at >= text.length) return { ok: true as const };
      const name = readIdentifier(cursor);
      skipBlanks(cursor);
      if (name === "" || text[cursor.at] !== "=" || text[cursor.at + 1] === "=")
        fail(cursor.at, "expected NAME = literal, and nothing else in the module");
      cursor.at += 1;
      skipBlanks(cursor);
      values.set(name, readLiteral(cursor));
      skipBlanks(cursor);
      if (cursor.at < text.length && lineEndLength(text, cursor.at) === 0) fail(cursor.at, describeUnexpected(cursor));
    }
  });
  if (read.ok) return values;
  throw new AssignmentError(text.slice(0, read.position).split("\n").length, read.message);
}

export class AssignmentError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}
