import { isDict, isDictTag, isFloatTag, isIntTag } from "../../python/dict.ts";
import { floatOf } from "../../python/float-repr.ts";
import { parseJson } from "../../python/json.ts";
import type { PlainDict } from "../../python/kind.ts";
import { dumps } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";

/** Levels of brackets that a frame may have; what any protocol here sends has fewer than ten. */
const deepest = 64;

/** A frame that is no JSON, or is nested too deep. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/** The JSON of a text as it stands. Throws a `FrameError`. */
export function parsePlain(text: string): unknown {
  checkDepth(text);
  return read(() => JSON.parse(text));
}

/**
 * The JSON of a frame, with one difference: an object under the key `arguments` becomes the JSON text of it, as a model would
 * have written it, so that 5 and 5.0 stay apart on their way to the tool. Not so within a `config`, whose keys are an
 * environment's own. Throws a `FrameError`.
 */
export function parseFrame(text: string): unknown {
  checkDepth(text);
  return read(() => (mayHaveArguments.test(text) ? plain(parseJson(text, "refuse")) : JSON.parse(text)));
}

/** The key may be written with escapes. */
const mayHaveArguments = /"arguments"|\\u/;

function read(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    throw new FrameError(`the frame is no JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** What reads or writes the value again goes down level by level. */
function checkDepth(text: string): void {
  if (isTooDeep(text)) throw new FrameError(`brackets are nested deeper than ${deepest} levels`);
}

function plain(value: PyValue, withinConfig = false): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, withinConfig));
  if (isFloatTag(value)) return floatOf(value.$float);
  if (isIntTag(value)) return Number(value.$int);
  if (!isDict(value)) throw new FrameError("the frame holds a value that JSON has not");
  const field = (key: PyValue, item: PyValue): unknown =>
    key === "arguments" && isDict(item) && !withinConfig ? dumps(item) : plain(item, withinConfig || key === "config");
  if (isDictTag(value)) return Object.fromEntries(value.$dict.map(([key, item]) => [key, field(key, item)]));
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(value)) fields[key] = field(key, (value as PlainDict)[key]!);
  return fields;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
