/** A place in Python source text; readers move `at` forward and never look back further than one token. */
export type SourceCursor = {
  readonly text: string;
  at: number;
  /** How many brackets are open; inside one, Python lets lines end anywhere. */
  nesting: number;
};

/** Text that is not the Python we read: where (0-based UTF-16 offset into the text given) and what is wrong. */
export type SyntaxFailure = { readonly ok: false; readonly position: number; readonly message: string };

/** Carries a `SyntaxFailure` out of nested readers; `attempt` turns it back into data. No Error, for it needs no stack. */
export class SourceProblem {
  readonly position: number;
  readonly message: string;
  constructor(position: number, message: string) {
    this.position = position;
    this.message = message;
  }
}

/** As deep as CPython's tokenizer goes. */
const MAXIMUM_NESTING = 200;

export function openSource(text: string): SourceCursor {
  return { text, at: 0, nesting: 0 };
}

export function fail(position: number, message: string): never {
  throw new SourceProblem(position, message);
}

/** Runs a reader; what is wrong with the text comes back as data, anything else still throws. */
export function attempt<T>(read: () => T): T | SyntaxFailure {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceProblem) return { ok: false, position: error.position, message: error.message };
    throw error;
  }
}

/** Steps over an opening bracket. */
export function openBracket(cursor: SourceCursor): void {
  if (cursor.nesting >= MAXIMUM_NESTING) fail(cursor.at, `too many nested parentheses (over ${MAXIMUM_NESTING})`);
  cursor.nesting += 1;
  cursor.at += 1;
}

/** Steps over the closing bracket of what `openBracket` opened. */
export function closeBracket(cursor: SourceCursor): void {
  cursor.nesting -= 1;
  cursor.at += 1;
}

/** Skips blanks, comments and joined lines, and line ends too while a bracket is open. */
export function skipBlanks(cursor: SourceCursor): void {
  const { text } = cursor;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === 0x20 || code === 0x09 || code === 0x0c) cursor.at += 1;
    else if (code === 0x0a || code === 0x0d) {
      if (cursor.nesting === 0) return;
      cursor.at += 1;
    } else if (code === 0x23) skipComment(cursor);
    else if (code === 0x5c && lineEndLength(text, cursor.at + 1) > 0) {
      cursor.at += 1 + lineEndLength(text, cursor.at + 1);
    } else return;
  }
}

/** Skips what may follow an expression: blanks, comments and empty lines. True at the end of the text. */
export function skipToEnd(cursor: SourceCursor): boolean {
  skipBlanks(cursor);
  while (lineEndLength(cursor.text, cursor.at) > 0) {
    cursor.at += 1;
    skipBlanks(cursor);
  }
  return cursor.at >= cursor.text.length;
}

/** Skips what may precede an expression: its own blanks, and empty lines, after which nothing may be indented. */
export function skipToStart(cursor: SourceCursor): void {
  skipBlanks(cursor);
  while (lineEndLength(cursor.text, cursor.at) > 0) {
    cursor.at += 1;
    const lineStart = cursor.at;
    skipBlanks(cursor);
    const ended = cursor.at >= cursor.text.length || lineEndLength(cursor.text, cursor.at) > 0;
    if (cursor.at > lineStart && !ended) fail(cursor.at, "unexpected indent");
  }
}

/** 2 for "\r\n", 1 for "\n" or "\r", else 0. */
export function lineEndLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x0d) return text.charCodeAt(at + 1) === 0x0a ? 2 : 1;
  return code === 0x0a ? 1 : 0;
}

function skipComment(cursor: SourceCursor): void {
  const { text } = cursor;
  while (cursor.at < text.length && lineEndLength(text, cursor.at) === 0) {
    if (text.charCodeAt(cursor.at) === 0) fail(cursor.at, "source code string cannot contain null bytes");
    cursor.at += 1;
  }
}
