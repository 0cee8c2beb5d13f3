import { isReserved, readIdentifier } from "./identifier.ts";
import { readLiteral } from "./literal.ts";
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
import { stringPrefixLength } from "./string-literal.ts";
import { describeUnexpected } from "./unexpected-source.ts";
import type { PyValue } from "./value.ts";

export type NamedArgument = readonly [name: string, value: PyValue];

/** A call as it was written. Names are entries, not keys: `__proto__` and `constructor` are names like any other. */
export type CallSyntax = {
  readonly ok: true;
  readonly tool: string;
  readonly positional: readonly PyValue[];
  readonly named: readonly NamedArgument[];
};

/** Names are compared one by one up to here; beyond, a set keeps hostile calls linear. */
const FEW_NAMES = 8;

/** Reads `tool(1, name='value')` as Python would, with literal arguments only. Nothing is evaluated. */
export function parseCall(text: string): CallSyntax | SyntaxFailure {
  return attempt(() => {
    const cursor = openSource(text);
    skipToStart(cursor);
    const call = readCall(cursor);
    if (!skipToEnd(cursor)) fail(cursor.at, `unexpected text after the call: ${describeUnexpected(cursor)}`);
    return call;
  });
}

/** Reads `[f(a=1), g()]`, with or without the brackets; line ends may stand between the calls. */
export function parseCalls(text: string): readonly CallSyntax[] | SyntaxFailure {
  return attempt(() => {
    const cursor = openSource(text);
    cursor.nesting = 1;
    skipBlanks(cursor);
    const bracketed = text.charAt(cursor.at) === "[";
    if (bracketed) openBracket(cursor);
    const calls = readCallList(cursor, bracketed);
    if (cursor.at < text.length) fail(cursor.at, `unexpected text after the calls: ${describeUnexpected(cursor)}`);
    return calls;
  });
}

function readCallList(cursor: SourceCursor, bracketed: boolean): readonly CallSyntax[] {
  const { text } = cursor;
  const start = cursor.at - 1;
  const calls: CallSyntax[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (bracketed && text.charAt(cursor.at) === "]") {
      closeBracket(cursor);
      skipBlanks(cursor);
      return calls;
    }
    if (cursor.at >= text.length) return bracketed ? fail(start, "'[' was never closed") : calls;
    calls.push(readCall(cursor));
    skipBlanks(cursor);
    if (text.charAt(cursor.at) === ",") cursor.at += 1;
    else if (!bracketed) return calls;
    else if (cursor.at < text.length && text.charAt(cursor.at) !== "]") {
      fail(cursor.at, `unexpected text after a call: ${describeUnexpected(cursor)}`);
    }
  }
}

function readCall(cursor: SourceCursor): CallSyntax {
  const { text, at: start } = cursor;
  const tool = readIdentifier(cursor);
  if (tool === "") return fail(start, describeMissingCall(cursor));
  if (isReserved(tool)) return fail(start, `the reserved word '${tool}' cannot be called`);
  const end = cursor.at;
  skipBlanks(cursor);
  if (text.charCodeAt(cursor.at) !== 0x28) return fail(cursor.at, describeMissingParenthesis(cursor, start, tool));
  // The reference's executor looks for `name(` by a pattern, which no joined line matches.
  if (cursor.nesting === 0 && text.slice(end, cursor.at).includes("\\"))
    return fail(end, `'(' is expected right after '${tool}', not on the next line`);
  const opened = cursor.at;
  openBracket(cursor);
  const positional: PyValue[] = [];
  const named: NamedArgument[] = [];
  let names: Set<string> | undefined;
  for (;;) {
    skipBlanks(cursor);
    if (text.charCodeAt(cursor.at) === 0x29) {
      closeBracket(cursor);
      return { ok: true, tool, positional, named };
    }
    if (cursor.at >= text.length) return fail(opened, "'(' was never closed");
    const at = cursor.at;
    const name = readArgumentName(cursor);
    if (name === undefined) {
      if (named.length > 0) fail(at, "positional argument follows keyword argument");
      positional.push(readLiteral(cursor));
    } else {
      if (named.length >= FEW_NAMES) names ??= new Set(named.map(([earlier]) => earlier));
      if (names === undefined ? named.some(([earlier]) => earlier === name) : names.has(name)) {
        fail(at, `keyword argument repeated: ${name}`);
      }
      names?.add(name);
      named.push([name, readLiteral(cursor)]);
    }
    skipBlanks(cursor);
    const code = text.charCodeAt(cursor.at);
    if (code === 0x2c) cursor.at += 1;
    else if (code !== 0x29 && cursor.at < text.length) fail(cursor.at, describeUnexpected(cursor));
  }
}

/** Reads `name =` and the blanks after it; undefined, with the cursor where it was, where a positional value stands. */
function readArgumentName(cursor: SourceCursor): string | undefined {
  const { text, at: start } = cursor;
  const name = readIdentifier(cursor);
  if (name === "") {
    if (text.charAt(start) === "*") fail(start, "argument unpacking with '*' or '**' is not read: write each argument");
    return undefined;
  }
  skipBlanks(cursor);
  if (text.charCodeAt(cursor.at) === 0x3d && text.charCodeAt(cursor.at + 1) !== 0x3d) {
    if (isReserved(name)) fail(start, `the reserved word '${name}' cannot name an argument`);
    cursor.at += 1;
    skipBlanks(cursor);
    return name;
  }
  cursor.at = start;
  if (stringPrefixLength(text, start) === 0 && !isReserved(name) && name !== "Ellipsis") {
    fail(start, describeUnexpected(cursor));
  }
  return undefined;
}

function describeMissingCall(cursor: SourceCursor): string {
  if (cursor.at >= cursor.text.length) return "a call is expected, the text is empty";
  return "a call is expected, such as tool(name='value')";
}

function describeMissingParenthesis(cursor: SourceCursor, start: number, tool: string): string {
  const { text } = cursor;
  if (text.charCodeAt(cursor.at) !== 0x2e) return `'(' is expected after '${tool}'${describeIntruder(text, cursor.at)}`;
  const rest = cursor;
  while (text.charCodeAt(rest.at) === 0x2e) {
    rest.at += 1;
    if (readIdentifier(rest) === "") break;
  }
  return `dotted names are not tools: '${text.slice(start, rest.at)}'`;
}

/** What stands where a name should end: often a chat template's token, as in `echo<|channel|>commentary`, or a blank. */
function describeIntruder(text: string, at: number): string {
  if (at >= text.length) return "";
  const token = controlTokenAt(text, at);
  if (token !== undefined) return `, not '${token}', a control token of a chat template that is no part of the name`;
  return `, not '${String.fromCodePoint(text.codePointAt(at)!)}'; a name holds letters, digits and '_' only`;
}

function controlTokenAt(text: string, at: number): string | undefined {
  const pattern = /<\|\w{1,40}\|>/y;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
