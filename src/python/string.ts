import { isPaired } from "../core/code-points.ts";
import { PythonError } from "./error.ts";
import { typeName } from "./kind.ts";
import { digitRanges, inRanges, notPrintableRanges } from "./unicode-table.ts";
import type { PyValue } from "./value.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the separators are Python's
const unusualLineBreak = /[\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the separators are Python's
const lineBreak = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the information separators are white space in Python
const whitespace = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const ascii = /^[\0-\x7f]*$/;
const highSurrogate = /[\ud800-\udbff]/;

/** `text.splitlines()` */
export function splitLines(text: string): string[] {
  // Splitting by a string is several times as fast as by a pattern, and most texts know no other line break.
  const lines = text.split(unusualLineBreak.test(text) ? lineBreak : "\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** `part in text`; half of a surrogate pair is no part of the character that the pair stands for. */
export function contains(text: string, part: string): boolean {
  let at = text.indexOf(part);
  if (at < 0 || part.isWellFormed()) return at >= 0;
  while (at >= 0 && (splitsPair(text, at) || splitsPair(text, at + part.length))) at = text.indexOf(part, at + 1);
  return at >= 0;
}

function splitsPair(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff && isPaired(text, index, unit);
}

/** `text.split()`: the words between runs of white space. */
export function splitWhitespace(text: string): string[] {
  return text.split(whitespace).filter((word) => word !== "");
}

/** `len(text)`, in code points. */
export function codePointLength(text: string): number {
  if (!highSurrogate.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** `len(text.encode("utf-8"))`, with Python's error for a lone surrogate. */
export function utf8Length(text: string): number {
  if (ascii.test(text)) return text.length;
  let length = 0;
  let position = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) throw surrogateError(text, position);
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    position += 1;
  }
  return length;
}

function surrogateError(text: string, position: number): PythonError {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  let end = position;
  while (end < points.length && points[end]! >= 0xd800 && points[end]! <= 0xdfff) end += 1;
  const where =
    end - position === 1
      ? `character '\\u${points[position]!.toString(16)}' in position ${position}`
      : `characters in position ${position}-${end - 1}`;
  return new PythonError("UnicodeEncodeError", `'utf-8' codec can't encode ${where}: surrogates not allowed`);
}

/** `separator.join(items)` */
export function joinTexts(separator: string, items: readonly PyValue[]): string {
  const wrong = items.findIndex((item) => typeof item !== "string");
  if (wrong >= 0)
    throw new PythonError(
      "TypeError",
      `sequence item ${wrong}: expected str instance, ${typeName(items[wrong]!)} found`,
    );
  return items.join(separator);
}

/** `text.lower()` by Unicode 14: letters that came later stay as they are, though JavaScript may know them. */
export function lower(text: PyValue): string {
  if (typeof text !== "string")
    throw new PythonError("AttributeError", `'${typeName(text)}' object has no attribute 'lower'`);
  if (ascii.test(text)) return text.toLowerCase();
  let result = "";
  let known = "";
  for (const character of text) {
    if (isNewerThanPython(character)) {
      result += known.toLowerCase() + character;
      known = "";
    } else known += character;
  }
  return result + known.toLowerCase();
}

/** Python does not print it, yet JavaScript knows it as neither control, format, unassigned nor blank: it is newer. */
function isNewerThanPython(character: string): boolean {
  return character > "\x7f" && !isPrintable(character) && !/[\p{C}\p{Z}]/u.test(character);
}

/** `character.isdigit()` of one code point; superscripts and circled digits count. */
export function isDigit(character: string): boolean {
  const code = character.codePointAt(0);
  if (code === undefined) return false;
  return code < 0x80 ? code >= 0x30 && code <= 0x39 : inRanges(digitRanges, code);
}

/** `character.isprintable()` of one code point, by Unicode 14. */
export function isPrintable(character: string): boolean {
  const code = character.codePointAt(0)!;
  return code < 0x7f ? code >= 0x20 : !inRanges(notPrintableRanges, code);
}
