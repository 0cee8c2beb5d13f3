import type { SeededRandom } from "../core/seeded-random.ts";
import { inRange } from "./dice.ts";
import { invent } from "./free-value.ts";
import { taggedNumber } from "./leaves.ts";

/** What becomes of a text or a number, everywhere in a task. */
export type Renaming = ReadonlyMap<string | number, string | number>;

/** A value of the same make: a file name stays one, a sentence one of as many sentences, a number one of as many digits. */
export function likeValue(value: string | number, random: SeededRandom): string | number {
  if (typeof value === "number") return likeNumber(value, random);
  if (/\s/.test(value)) return likePhrase(value, random);
  // Words and runs of digits change; the letters before a number, all between, and a file's ending stay.
  const ending = /\.[a-z0-9]{1,4}$/i.exec(value)?.[0] ?? "";
  const stem = value.slice(0, value.length - ending.length);
  return (
    stem.replace(/\p{Lu}+(?=\d)|\p{L}+|\d+/gu, (part, at: number) => likePart(part, stem[at + part.length], random)) +
    ending
  );
}

function likePart(part: string, next: string | undefined, random: SeededRandom): string {
  if (/\d/.test(part)) return likeDigits(part, random);
  return /\d/.test(next ?? "") && part === part.toUpperCase() ? part : likeWord(part, random);
}

/** Names and titles word by word; a sentence as a whole, unless it has numbers, which may come from somewhere. */
function likePhrase(value: string, random: SeededRandom): string {
  if (/^(?:\p{Lu}\p{Ll}+ ){1,2}\p{Lu}\p{Ll}+$/u.test(value))
    return value.replace(/\p{L}+/gu, () => invent.name(random));
  if (/\d/.test(value)) return value;
  if (value.split(/\s+/).length < 4) return value.replace(/\p{L}{4,}/gu, (part) => likeWord(part, random));
  const sentences = value.match(/[^.!?]+[.!?]*\s*/g) ?? [value];
  const others = sentences.map(() => invent.sentence(random).slice(0, -1));
  return others.join(". ") + (/[.!?]+$/.exec(value)?.[0] ?? "");
}

function likeWord(word: string, random: SeededRandom): string {
  if (word.length <= 2) return word;
  if (word === word.toUpperCase()) return Array.from(word, () => String.fromCharCode(65 + random.below(26))).join("");
  const other = /^\p{Lu}/u.test(word) ? invent.name(random) : invent.word(random);
  return /^\p{Lu}/u.test(word) ? other : other.toLowerCase();
}

/** As many digits; a zero at the start stays one, and no other becomes one. */
const likeDigits = (digits: string, random: SeededRandom): string =>
  Array.from(digits, (digit, at) => {
    if (at > 0) return String(random.below(10));
    return digit === "0" ? digit : String(inRange(random, [1, 9]));
  }).join("");

function likeNumber(value: number, random: SeededRandom): number {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return value;
  const [whole, decimals] = text.replace("-", "").split(".") as [string, string?];
  const last = decimals === undefined ? "" : String(inRange(random, [1, 9]));
  const changed = Number(
    likeDigits(whole, random) + (decimals === undefined ? "" : `.${likeDigits(decimals.slice(0, -1), random)}${last}`),
  );
  return text.startsWith("-") ? -changed : changed;
}

/** A JSON value with a renaming carried out: in keys, in texts where the old one stands as a whole word, in numbers. */
export function renamed(value: unknown, renaming: Renaming): unknown {
  if (typeof value === "string") return renamedText(value, renaming);
  if (typeof value === "number") return renaming.get(value) ?? value;
  if (typeof value !== "object" || value === null) return value;
  const number = taggedNumber(value);
  if (number !== undefined) {
    const other = renaming.get(Number(number));
    return typeof other === "number" && Number.isInteger(other) ? { $float: `${other}.0` } : (other ?? value);
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item, renaming));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [renamedText(key, renaming), renamed(item, renaming)]),
  );
}

/** Texts are replaced all at once, the longest first, so that no new name is renamed again. */
export function renamedText(text: string, renaming: Renaming): string {
  const whole = renaming.get(text);
  if (whole !== undefined) return String(whole);
  const pattern = patternOf(renaming);
  return pattern === undefined
    ? text
    : text.replace(pattern, (found) =>
        String(renaming.get(found) ?? renaming.get(Number(found.replaceAll(",", ""))) ?? found),
      );
}

const patterns = new WeakMap<Renaming, RegExp | null>();

function patternOf(renaming: Renaming): RegExp | undefined {
  let pattern = patterns.get(renaming);
  if (pattern === undefined) {
    const names = [...renaming.keys()].flatMap(spellings).sort((a, b) => b.length - a.length);
    const edge = "[\\p{L}\\p{N}_]";
    pattern =
      names.length === 0
        ? null
        : new RegExp(`(?<!${edge}|\\d[.,])(?:${names.map(escaped).join("|")})(?!${edge}|[.,]\\d)`, "gu");
    patterns.set(renaming, pattern);
  }
  return pattern ?? undefined;
}

/** How a value is written in a text: a number also with commas between thousands, or two decimals. */
function spellings(value: string | number): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  const withCommas = value.toLocaleString("en-US", { maximumFractionDigits: 20 });
  return [...new Set([String(value), withCommas, value.toFixed(2)])].filter(
    (text) => Number(text.replaceAll(",", "")) === value,
  );
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
