import { dictOf } from "./dict.ts";
import { readIdentifier } from "./identifier.ts";
import { keyText } from "./key.ts";
import { isFloatTag, isIntTag } from "./kind.ts";
import { readNumber } from "./number-literal.ts";
import {
  attempt,
  closeBracket,
  fail,
  openBracket,
  openSource,
  type SourceCursor,
  type SyntaxFailure,
  skipBlanks,
  skipToEnd,
  skipToStart,
} from "./source-cursor.ts";
import { readString } from "./string-literal.ts";
import { describeUnexpected } from "./unexpected-source.ts";
import type { PyValue } from "./value.ts";

/** Reads a text that is one Python literal. Nothing is evaluated: names, operators and calls are refused. */
export function parseLiteral(text: string): { readonly ok: true; readonly value: PyValue } | SyntaxFailure {
  return attempt(() => {
    const cursor = openSource(text);
    skipToStart(cursor);
    const value = readLiteral(cursor);
    if (!skipToEnd(cursor)) fail(cursor.at, describeUnexpected(cursor));
    return { ok: true, value };
  });
}

/** Reads the literal at the cursor and leaves the cursor behind it; throws a `SourceProblem` where there is none. */
export function readLiteral(cursor: SourceCursor): PyValue {
  const text = readString(cursor);
  if (text !== undefined) return text;
  const number = readNumber(cursor);
  if (number !== undefined) return number;
  switch (cursor.text.charAt(cursor.at)) {
    case "[":
      return readList(cursor);
    case "{":
      return readBraces(cursor);
    case "(":
      return readParentheses(cursor);
    case "-":
    case "+":
      return readSigned(cursor);
    default:
      return readNamedConstant(cursor);
  }
}

function readNamedConstant(cursor: SourceCursor): PyValue {
  const start = cursor.at;
  if (cursor.text.startsWith("...", start)) {
    cursor.at += 3;
    return { $repr: "Ellipsis" };
  }
  switch (readIdentifier(cursor)) {
    case "True":
      return true;
    case "False":
      return false;
    case "None":
      return null;
    case "Ellipsis":
      return { $repr: "Ellipsis" };
    default:
      cursor.at = start;
      return fail(start, describeUnexpected(cursor));
  }
}

function readSigned(cursor: SourceCursor): PyValue {
  const { text, at: start } = cursor;
  let negative = false;
  for (let sign = text.charAt(start); sign === "-" || sign === "+"; sign = text.charAt(cursor.at)) {
    if (sign === "-") negative = !negative;
    cursor.at += 1;
    skipBlanks(cursor);
  }
  const value = text.charAt(cursor.at) === "(" ? readParentheses(cursor) : readNumber(cursor);
  if (typeof value === "number") return negative && value !== 0 ? -value : value;
  if (value !== undefined && isFloatTag(value)) return negative ? { $float: negatedText(value.$float) } : value;
  if (value !== undefined && isIntTag(value)) return negative ? { $int: negatedText(value.$int) } : value;
  return fail(start, "a sign must stand before a number");
}

function negatedText(text: string): string {
  return text.startsWith("-") ? text.slice(1) : `-${text}`;
}

function readList(cursor: SourceCursor): readonly PyValue[] {
  const items: PyValue[] = [];
  readItems(cursor, "]", (item) => items.push(readLiteral(item)));
  return items;
}

/** A tuple, or the value itself where the parentheses only group. */
function readParentheses(cursor: SourceCursor): PyValue {
  const items: PyValue[] = [];
  const lastComma = readItems(cursor, ")", (item) => items.push(readLiteral(item)));
  return items.length === 1 && !lastComma ? items[0]! : { $tuple: items };
}

function readBraces(cursor: SourceCursor): PyValue {
  const entries: [PyValue, PyValue][] = [];
  const members: PyValue[] = [];
  readItems(cursor, "}", (item) => {
    const start = item.at;
    const key = readLiteral(item);
    skipBlanks(item);
    const isEntry = item.text.charAt(item.at) === ":";
    if (isEntry ? members.length > 0 : entries.length > 0) fail(item.at, "a dict entry needs a key, ':' and a value");
    if (!isReadAsKey(key)) fail(start, "only strings, numbers, True, False and None are read as keys or set members");
    if (!isEntry) return members.push(key);
    item.at += 1;
    skipBlanks(item);
    return entries.push([key, readLiteral(item)]);
  });
  return members.length > 0 ? { $set: withoutRepeats(members) } : dictOf(entries);
}

/** Tuples hash in Python too; no tool takes a dict keyed by them. */
function isReadAsKey(value: PyValue): boolean {
  return typeof value !== "object" || value === null || isFloatTag(value) || isIntTag(value);
}

function withoutRepeats(members: readonly PyValue[]): readonly PyValue[] {
  const kept = new Map<string, PyValue>();
  for (const member of members) {
    const key = keyText(member);
    if (!kept.has(key)) kept.set(key, member);
  }
  return [...kept.values()];
}

/** Reads comma-separated items up to the closing bracket; true where a comma stands before it. */
function readItems(cursor: SourceCursor, close: string, readItem: (cursor: SourceCursor) => unknown): boolean {
  const start = cursor.at;
  openBracket(cursor);
  let lastComma = false;
  for (;;) {
    skipBlanks(cursor);
    if (cursor.text.charAt(cursor.at) === close) {
      closeBracket(cursor);
      return lastComma;
    }
    if (cursor.at >= cursor.text.length) fail(start, `'${cursor.text.charAt(start)}' was never closed`);
    readItem(cursor);
    skipBlanks(cursor);
    lastComma = cursor.text.charAt(cursor.at) === ",";
    if (lastComma) cursor.at += 1;
    else if (cursor.at < cursor.text.length && cursor.text.charAt(cursor.at) !== close) {
      fail(cursor.at, describeUnexpected(cursor));
    }
  }
}
