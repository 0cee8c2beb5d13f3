import { entriesOf, isDict, isFloatTag, isList, isTuple } from "../../python/dict.ts";
import type { PyValue } from "../../python/value.ts";

/**
 * What is wrong with an argument that is well written and yet has no use anywhere: a number that is none, or half a character.
 * Goes on from "the arguments …"; undefined where all values can be used.
 */
export function unusableValue(args: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, value] of Object.entries(args)) {
    const shown = `argument '${name.toWellFormed().slice(0, 40)}'`;
    if (!name.isWellFormed()) return `hold half of a surrogate pair in a name, ${shown}, which is no character`;
    const found = search(value as PyValue);
    if (found === "notFinite")
      return `hold a number that is not finite in ${shown} (NaN, Infinity, or one beyond 1.8e308 such as 1e999); give a finite one`;
    if (found === "notACharacter")
      return `hold half of a surrogate pair in ${shown}, which is no character; write the character itself, or both halves, as in \\ud83d\\ude00`;
  }
  return undefined;
}

function search(value: PyValue): "notFinite" | "notACharacter" | undefined {
  if (typeof value === "string") return value.isWellFormed() ? undefined : "notACharacter";
  if (typeof value !== "object" || value === null) return undefined;
  if (isFloatTag(value)) return /inf|nan/.test(value.$float) ? "notFinite" : undefined;
  const parts = isList(value) ? value : isTuple(value) ? value.$tuple : isDict(value) ? entriesOf(value).flat() : [];
  for (const part of parts) {
    const found = search(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
