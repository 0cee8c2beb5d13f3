import { isAsciiLetter } from "./identifier.ts";
import { inRanges, notPrintableRanges } from "./unicode-table.ts";

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;

/**
 * Drops the blanks between a name and "(" all over a call text, inside its string literals too
 * (`'Draft (v1)'` becomes `'Draft(v1)'`), because the reference rewrites call texts so before it reads them.
 * A name is a whole word that starts with an ASCII letter or "_"; words and blanks are Python's. Linear time.
 */
export function collapseBlanks(text: string): string {
  let result = "";
  let copied = 0;
  for (let at = text.indexOf("("); at >= 0; at = text.indexOf("(", at + 1)) {
    if (!isPythonBlank(text.charCodeAt(at - 1))) continue;
    const nameEnd = blanksStart(text, at);
    if (!endsWithName(text, nameEnd)) continue;
    result += text.slice(copied, nameEnd);
    copied = at;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/** What `\s` matches in a Python pattern on text. */
function isPythonBlank(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  if (!(code > 0x7f)) return false;
  if (code < 0x2000) return code === 0x85 || code === 0xa0 || code === 0x1680;
  if (code <= 0x200a) return true;
  return code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

function blanksStart(text: string, end: number): number {
  let at = end;
  while (at > 0 && isPythonBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Whether the whole word that ends there starts as a name does; "" is no word. */
function endsWithName(text: string, end: number): boolean {
  let at = end;
  for (let size = wordCharacterBefore(text, at); size > 0; size = wordCharacterBefore(text, at)) at -= size;
  return at < end && isAsciiLetter(text.charCodeAt(at));
}

/** The length of the word character that ends there, 0 where none does. */
function wordCharacterBefore(text: string, end: number): 0 | 1 | 2 {
  const code = text.charCodeAt(end - 1);
  if (!(code > 0x7f)) return isAsciiLetter(code) || (code >= 0x30 && code <= 0x39) ? 1 : 0;
  const isPair = code >= 0xdc00 && code <= 0xdfff && (text.charCodeAt(end - 2) & 0xfc00) === 0xd800;
  const size = isPair ? 2 : 1;
  if (!WORD_CHARACTER.test(text.slice(end - size, end))) return 0;
  // A letter that Unicode 14 does not have yet is no letter to CPython 3.11, and not printable.
  return inRanges(notPrintableRanges, text.codePointAt(end - size)!) ? 0 : size;
}
