import { isReserved, readIdentifier } from "./identifier.ts";
import type { SourceCursor } from "./source-cursor.ts";

const ONLY_LITERALS = "only literal values are read";
const OPERATOR = /^(?:\*\*|\/\/|<<|>>|<=|>=|==|!=|->|[-+*/%@&|^~<>])/;

/** Says what stands at the cursor where a literal, a comma or a closing bracket should. The cursor stays. */
export function describeUnexpected(cursor: SourceCursor): string {
  const { text, at } = cursor;
  if (at >= text.length) return "the text ends where a value is expected";
  const name = readIdentifier({ ...cursor });
  if (name !== "") return describeName(name, text.slice(at + name.length, at + name.length + 40).trimStart());
  const rest = text.slice(at, at + 3);
  if (rest.startsWith(":=")) return `${ONLY_LITERALS}: ':=' assigns`;
  if (/^=(?!=)/.test(rest)) return "'=' needs an argument's name before it and one value after it";
  const operator = OPERATOR.exec(rest)?.[0];
  if (operator !== undefined) return `${ONLY_LITERALS}: '${operator}' would have to be evaluated`;
  const character = String.fromCodePoint(text.codePointAt(at)!);
  if (character === "'" || character === '"') return "a string stands where a comma is expected";
  if ("([{".includes(character)) return `${ONLY_LITERALS}: '${character}' calls or indexes the value before it`;
  if (")]}".includes(character)) return `unmatched '${character}'`;
  if (character === ",") return "a value is expected before ','";
  if (character === ".") return `${ONLY_LITERALS}: '.' reaches into the value before it`;
  if (character === "\n" || character === "\r") return "the line ends where more is expected";
  const hexadecimal = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `invalid character '${character}' (U+${hexadecimal})`;
}

function describeName(name: string, after: string): string {
  if (name === "lambda") return `${ONLY_LITERALS}: no lambda`;
  if (name === "for" || name === "async") return `${ONLY_LITERALS}: no comprehensions`;
  if (["if", "else", "and", "or", "not", "in", "is", "await", "yield"].includes(name)) {
    return `${ONLY_LITERALS}: '${name}' would have to be evaluated`;
  }
  if (isReserved(name)) return `the reserved word '${name}' cannot stand here`;
  if (after.startsWith("("))
    return `${ONLY_LITERALS}: '${name}(...)' is a nested call; call it first and pass its result`;
  if (after.startsWith(".")) return `${ONLY_LITERALS}: '${name}.' reaches into a name`;
  // A call that came as JSON with NaN or 1e999 is written with these names, as in the reference.
  if (name === "inf" || name === "nan")
    return `${ONLY_LITERALS}: '${name}' is no number; numbers go up to about 1.8e308`;
  const constant = { true: "True", false: "False", null: "None", none: "None" }[name.toLowerCase()];
  const suggestion = constant === undefined ? `a string needs quotes: '${name}'` : `write ${constant}`;
  return `${ONLY_LITERALS}: '${name}' is a name; ${suggestion}`;
}
