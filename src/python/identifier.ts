import type { SourceCursor } from "./source-cursor.ts";

/** Words that Python reserves, so that neither a tool nor an argument can carry them in a call text. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

const ANY_IDENTIFIER = /[\p{XID_Start}_]\p{XID_Continue}*/uy;

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** The identifier at the cursor as Python knows it (NFKC), or "" where none starts. */
export function readIdentifier(cursor: SourceCursor): string {
  const { text, at: start } = cursor;
  let at = start;
  let code = text.charCodeAt(at);
  if (!isAsciiLetter(code) && !(code > 0x7f)) return "";
  while (isAsciiLetter(code) || (code >= 0x30 && code <= 0x39)) {
    at += 1;
    code = text.charCodeAt(at);
  }
  if (!(code > 0x7f)) {
    cursor.at = at;
    return text.slice(start, at);
  }
  ANY_IDENTIFIER.lastIndex = start;
  const name = ANY_IDENTIFIER.exec(text)?.[0] ?? "";
  cursor.at = start + name.length;
  return name.normalize("NFKC");
}

/** True for the ASCII characters that start an identifier. */
export function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}
