import { isPrintable } from "./string.ts";

const plainRepr = /^[ -&(-[\]-~]*$/;
const plainJson = /^[ !#-[\]-~]*$/;

/** `repr` of a str: single quotes unless only they occur in it; what does not print is escaped. */
export function stringRepr(text: string): string {
  if (plainRepr.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const character of text) result += reprCharacter(character, quote);
  return result + quote;
}

function reprCharacter(character: string, quote: string): string {
  switch (character) {
    case "\\":
      return "\\\\";
    case quote:
      return `\\${quote}`;
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
  }
  if (isPrintable(character)) return character;
  const code = character.codePointAt(0)!;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}

/** A str as `json.dumps` writes it: ASCII only. */
export function jsonString(text: string): string {
  if (plainJson.test(text)) return `"${text}"`;
  return `"${text.replace(/[^ !#-[\]-~]/g, jsonUnit)}"`;
}

const namedJson: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

function jsonUnit(unit: string): string {
  return namedJson[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
