import { createHash } from "node:crypto";
import { compareCodePoints } from "./code-points.ts";

/** JSON with keys sorted by code point and no blanks: one text for one value, whatever order it was built in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/** The SHA-256 of a text as UTF-8, in hexadecimal; a lone surrogate is written as its own three bytes (WTF-8). */
export function sha256(text: string): string {
  const hash = createHash("sha256");
  if (text.isWellFormed()) return hash.update(text, "utf8").digest("hex");
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const lone = point >= 0xd800 && point <= 0xdfff;
    hash.update(
      lone ? Buffer.from([0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]) : character,
    );
  }
  return hash.digest("hex");
}
