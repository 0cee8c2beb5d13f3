import { isPlainKey } from "./dict.ts";
import { PythonError } from "./error.ts";
import { floatValue, intValue } from "./number-value.ts";
import type { PyNumber, PyValue } from "./value.ts";

/** Deeper nesting than this is refused; CPython's own limit lies just above. */
const deepest = 980;

const numberPattern = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const plainCharacters = /[ !#-[\]-\uffff]*/y;
const blanks = /[ \t\n\r]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Python's `json.loads`: 5, 5.0 and 1e5 stay what they are, ints have any size, NaN and Infinity are read, a repeated key keeps
 * its place and takes the last value, unless such keys are to be refused. Errors are CPython's.
 *
 * Our own reader, since the lossless JSON libraries build plain objects: they lose the order of keys like "10", and refuse NaN
 * and repeated keys.
 */
export function parseJson(text: string, repeatedKeys: "takeLast" | "refuse" = "takeLast"): PyValue {
  const reader: Reader = { text, position: 0, depth: 0, refusesRepeats: repeatedKeys === "refuse" };
  if (text.startsWith("\ufeff")) throw decodeError(reader, "Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
  skipBlanks(reader);
  const value = readValue(reader);
  skipBlanks(reader);
  if (reader.position < text.length) throw decodeError(reader, "Extra data", reader.position);
  return value;
}

/** A `JSONDecodeError`: what is wrong, and the 0-based UTF-16 offset in the text at which it is. */
export class JsonError extends PythonError {
  readonly reason: string;
  readonly position: number;

  constructor(reason: string, position: number, message: string) {
    super("JSONDecodeError", message);
    this.reason = reason;
    this.position = position;
  }
}

type Reader = { readonly text: string; position: number; depth: number; readonly refusesRepeats: boolean };

function skipBlanks(reader: Reader): void {
  const code = reader.text.charCodeAt(reader.position);
  if (code > 0x20) return;
  blanks.lastIndex = reader.position;
  blanks.test(reader.text);
  reader.position = blanks.lastIndex;
}

function readValue(reader: Reader): PyValue {
  const { text, position } = reader;
  switch (text[position]) {
    case '"':
      reader.position += 1;
      return readString(reader);
    case "{":
      return nested(reader, readObject, "object");
    case "[":
      return nested(reader, readArray, "array");
    case "n":
      if (text.startsWith("null", position)) return skip(reader, 4, null);
      break;
    case "t":
      if (text.startsWith("true", position)) return skip(reader, 4, true);
      break;
    case "f":
      if (text.startsWith("false", position)) return skip(reader, 5, false);
      break;
    case "N":
      if (text.startsWith("NaN", position)) return skip(reader, 3, { $float: "nan" });
      break;
    case "I":
      if (text.startsWith("Infinity", position)) return skip(reader, 8, { $float: "inf" });
      break;
    case "-":
      if (text.startsWith("-Infinity", position)) return skip(reader, 9, { $float: "-inf" });
  }
  return readNumber(reader);
}

function skip(reader: Reader, length: number, value: PyValue): PyValue {
  reader.position += length;
  return value;
}

function nested(reader: Reader, read: (reader: Reader) => PyValue, what: string): PyValue {
  if (reader.depth === deepest) {
    const message = `maximum recursion depth exceeded while decoding a JSON ${what} from a unicode string`;
    throw new PythonError("RecursionError", message);
  }
  reader.depth += 1;
  reader.position += 1;
  const value = read(reader);
  reader.depth -= 1;
  return value;
}

function readNumber(reader: Reader): PyNumber {
  numberPattern.lastIndex = reader.position;
  const match = numberPattern.exec(reader.text);
  if (!match) throw decodeError(reader, "Expecting value", reader.position);
  reader.position = numberPattern.lastIndex;
  const [whole, digits, fraction, exponent] = match;
  if (fraction !== undefined || exponent !== undefined) return floatValue(Number(whole));
  if (digits!.length < 16) return Number(digits) + 0;
  const count = digits!.replace("-", "").length;
  if (count > 4300) {
    const limit = `Exceeds the limit (4300 digits) for integer string conversion: value has ${count} digits`;
    throw new PythonError("ValueError", `${limit}; use sys.set_int_max_str_digits() to increase the limit`);
  }
  return intValue(BigInt(digits!));
}

function readArray(reader: Reader): PyValue {
  const items: PyValue[] = [];
  skipBlanks(reader);
  if (reader.text[reader.position] === "]") return skip(reader, 1, items);
  for (;;) {
    items.push(readValue(reader));
    skipBlanks(reader);
    const next = reader.text[reader.position];
    if (next === "]") return skip(reader, 1, items);
    if (next !== ",") throw decodeError(reader, "Expecting ',' delimiter", reader.position);
    reader.position += 1;
    skipBlanks(reader);
  }
}

function readObject(reader: Reader): PyValue {
  const plain: { [key: string]: PyValue } = {};
  /** All entries, from the first key on that a plain object would not keep in its place. */
  let entries: Map<string, PyValue> | undefined;
  skipBlanks(reader);
  if (reader.text[reader.position] === "}") return skip(reader, 1, {});
  for (;;) {
    if (reader.text[reader.position] !== '"') {
      throw decodeError(reader, "Expecting property name enclosed in double quotes", reader.position);
    }
    const start = reader.position;
    reader.position += 1;
    const key = readString(reader);
    if (reader.refusesRepeats && (entries ? entries.has(key) : Object.hasOwn(plain, key)))
      throw decodeError(reader, `Repeated key ${JSON.stringify(key)}`, start);
    if (!entries && !isPlainKey(key)) entries = new Map(Object.entries(plain));
    skipBlanks(reader);
    if (reader.text[reader.position] !== ":") throw decodeError(reader, "Expecting ':' delimiter", reader.position);
    reader.position += 1;
    skipBlanks(reader);
    const value = readValue(reader);
    if (entries) entries.set(key, value);
    else plain[key] = value;
    skipBlanks(reader);
    const next = reader.text[reader.position];
    if (next === "}") return skip(reader, 1, entries ? { $dict: [...entries] } : plain);
    if (next !== ",") throw decodeError(reader, "Expecting ',' delimiter", reader.position);
    reader.position += 1;
    skipBlanks(reader);
  }
}

/** Reads from behind the opening quote. */
function readString(reader: Reader): string {
  const { text } = reader;
  const opening = reader.position - 1;
  let result = "";
  for (;;) {
    const start = reader.position;
    plainCharacters.lastIndex = start;
    plainCharacters.test(text);
    const end = plainCharacters.lastIndex;
    reader.position = end + 1;
    result += text.slice(start, end);
    const stop = text[end];
    if (stop === '"') return result;
    if (stop === undefined) throw decodeError(reader, "Unterminated string starting at", opening);
    if (stop !== "\\") throw decodeError(reader, "Invalid control character at", end);
    result += readEscape(reader, opening);
  }
}

function readEscape(reader: Reader, opening: number): string {
  const { text, position } = reader;
  const letter = text[position];
  if (letter === undefined) throw decodeError(reader, "Unterminated string starting at", opening);
  reader.position = position + 1;
  if (letter !== "u") {
    const character = escapes[letter];
    if (character === undefined) throw decodeError(reader, "Invalid \\escape", position - 1);
    return character;
  }
  const digits = text.slice(position + 1, position + 5);
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw decodeError(reader, "Invalid \\uXXXX escape", position);
  reader.position = position + 5;
  return String.fromCharCode(Number.parseInt(digits, 16));
}

function decodeError(reader: Reader, message: string, unit: number): JsonError {
  const before = reader.text.slice(0, unit);
  const line = before.split("\n");
  const column = [...line.at(-1)!].length + 1;
  return new JsonError(message, unit, `${message}: line ${line.length} column ${column} (char ${[...before].length})`);
}
