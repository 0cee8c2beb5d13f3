import { fail, lineEndLength, type SourceCursor, skipBlanks } from "./source-cursor.ts";

const BACKSLASH = 0x5c;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const HEXADECIMAL_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads the strings at the cursor (adjacent literals are one string), or undefined where none starts. */
export function readString(cursor: SourceCursor): string | undefined {
  const first = readOneString(cursor);
  if (first === undefined) return undefined;
  let parts: string[] | undefined;
  for (;;) {
    skipBlanks(cursor);
    const next = readOneString(cursor);
    if (next === undefined) return parts === undefined ? first : parts.join("");
    if (parts === undefined) parts = [first];
    parts.push(next);
  }
}

function readOneString(cursor: SourceCursor): string | undefined {
  const { text, at: start } = cursor;
  const quote = text.charCodeAt(start);
  if (quote === 0x27 || quote === 0x22) return readQuoted(cursor, start, false);
  const prefixLength = stringPrefixLength(text, start);
  if (prefixLength === 0) return undefined;
  const prefix = text.slice(start, start + prefixLength).toLowerCase();
  if (prefix.includes("f")) fail(start, "f-strings are not read: write the text itself");
  if (prefix.includes("b")) fail(start, "bytes are not read: write a plain string");
  cursor.at += prefixLength;
  return readQuoted(cursor, start, prefix === "r");
}

/** The length of a string prefix (r, u, b, f, br, rb, fr, rf in any case) that stands before a quote, else 0. */
export function stringPrefixLength(text: string, at: number): number {
  if (isQuote(text.charCodeAt(at + 1))) return "rRuUbBfF".includes(text.charAt(at)) ? 1 : 0;
  if (!isQuote(text.charCodeAt(at + 2))) return 0;
  return /^(?:[bf]r|r[bf])$/i.test(text.slice(at, at + 2)) ? 2 : 0;
}

function isQuote(code: number): boolean {
  return code === 0x27 || code === 0x22;
}

function readQuoted(cursor: SourceCursor, start: number, raw: boolean): string {
  const { text } = cursor;
  const quote = text.charCodeAt(cursor.at);
  const triple = text.charCodeAt(cursor.at + 1) === quote && text.charCodeAt(cursor.at + 2) === quote;
  cursor.at += triple ? 3 : 1;
  let value = "";
  let copied = cursor.at;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === quote) {
      if (!triple || (text.charCodeAt(cursor.at + 1) === quote && text.charCodeAt(cursor.at + 2) === quote)) {
        value += text.slice(copied, cursor.at);
        cursor.at += triple ? 3 : 1;
        return value;
      }
      cursor.at += 1;
    } else if (code === BACKSLASH) {
      if (raw) {
        cursor.at += 1;
        if (lineEndLength(text, cursor.at) === 0) cursor.at += 1;
        else {
          value += `${text.slice(copied, cursor.at)}\n`;
          cursor.at += lineEndLength(text, cursor.at);
          copied = cursor.at;
        }
      } else {
        value += text.slice(copied, cursor.at) + readEscape(cursor);
        copied = cursor.at;
      }
    } else if (code === 0x0a || code === 0x0d) {
      if (!triple) fail(start, "unterminated string literal: a line ends inside it (write \\n for a line break)");
      value += `${text.slice(copied, cursor.at)}\n`;
      cursor.at += lineEndLength(text, cursor.at);
      copied = cursor.at;
    } else if (code === 0) fail(cursor.at, "source code string cannot contain null bytes");
    else if (code >= 0) cursor.at += 1;
    else fail(start, triple ? "unterminated triple-quoted string literal" : "unterminated string literal");
  }
}

/** What the escape at the cursor stands for; an escape that Python does not know keeps its backslash. */
function readEscape(cursor: SourceCursor): string {
  const { text, at: start } = cursor;
  const letter = text.charAt(start + 1);
  const simple = Object.hasOwn(SIMPLE_ESCAPES, letter) ? SIMPLE_ESCAPES[letter] : undefined;
  cursor.at += 2;
  if (simple !== undefined) return simple;
  if (letter >= "0" && letter <= "7") return readOctal(cursor, start);
  const length = Object.hasOwn(HEXADECIMAL_LENGTHS, letter) ? HEXADECIMAL_LENGTHS[letter] : undefined;
  if (length !== undefined) return readHexadecimal(cursor, start, length);
  if (letter === "N") fail(start, "named characters (\\N{...}) are not read: write the character itself");
  cursor.at = start + 1;
  const lineEnd = lineEndLength(text, cursor.at);
  cursor.at += lineEnd;
  return lineEnd > 0 ? "" : "\\";
}

function readOctal(cursor: SourceCursor, start: number): string {
  const { text } = cursor;
  while (cursor.at < start + 4 && text.charAt(cursor.at) >= "0" && text.charAt(cursor.at) <= "7") cursor.at += 1;
  return String.fromCharCode(Number.parseInt(text.slice(start + 1, cursor.at), 8));
}

function readHexadecimal(cursor: SourceCursor, start: number, length: number): string {
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    fail(start, `a \\${cursor.text.charAt(start + 1)} escape needs ${length} hexadecimal digits`);
  }
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff) fail(start, "there is no character beyond \\U0010ffff");
  cursor.at += length;
  return String.fromCodePoint(code);
}
