import type { Tool } from "../core/tool.ts";
import { toolDocument } from "../core/tool-document.ts";
import { leavesOf } from "./leaves.ts";

/** What a model has read by some point of a task: user messages, results, and the documents of the tools. */
export class Readable {
  readonly #texts: string[] = [];
  /** The texts inside results: quotes and line breaks are escaped in a result's own text, and what they stand for was read too. */
  readonly #leaves = new Set<string | number>();

  say(text: string): void {
    this.#texts.push(text);
  }

  result(text: string, value: unknown): void {
    this.#texts.push(text);
    for (const leaf of leavesOf(value)) this.#leaves.add(leaf.value);
  }

  copy(): Readable {
    const copy = new Readable();
    copy.#texts.push(...this.#texts);
    for (const leaf of this.#leaves) copy.#leaves.add(leaf);
    return copy;
  }

  /** Whether every word of a text could be read, in whatever case and order: put together or cut out, but not made up. */
  hasWordsOf(value: string): boolean {
    const words = value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return words.every((word) => this.#texts.some((text) => occurs(word, text.toLowerCase())));
  }

  /** Whether a text or number could be read, as a whole. */
  has(value: string | number): boolean {
    return this.#leaves.has(value) || this.#texts.some((text) => occurs(value, text));
  }
}

const documentTexts = new WeakMap<Tool, string>();

/** Whether a tool's own document names the value, in upper or lower case. */
export function inDocument(value: string | number, name: string, tool: Tool): boolean {
  let text = documentTexts.get(tool);
  if (text === undefined) {
    text = JSON.stringify(toolDocument(name, tool)).toLowerCase();
    documentTexts.set(tool, text);
  }
  return occurs(typeof value === "string" ? value.toLowerCase() : value, text);
}

/** Whether a text holds the value: a text as a whole word or phrase, a number as a number of the same worth. */
export function occurs(value: string | number, text: string): boolean {
  if (typeof value === "number") return numbersIn(text).has(value);
  if (value === "") return true;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
    if (!joins(text, at, value[0]!, -1) && !joins(text, at + value.length, value.at(-1)!, 0)) return true;
  return false;
}

/** Whether a letter of the value goes on in the text beyond its end. */
const joins = (text: string, at: number, edge: string, offset: -1 | 0): boolean =>
  isWord(edge) && isWord(text[at + offset] ?? " ");
const isWord = (character: string): boolean => /[\p{L}\p{N}_]/u.test(character);

const numbersByText = new Map<string, ReadonlySet<number>>();

/** The numbers written in a text, with or without commas between thousands; kept for the texts of the moment. */
function numbersIn(text: string): ReadonlySet<number> {
  let numbers = numbersByText.get(text);
  if (!numbers) {
    if (numbersByText.size >= 500) numbersByText.clear();
    numbers = new Set(
      [...text.matchAll(/(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)/g)].map(([number]) =>
        Number(number.replaceAll(",", "")),
      ),
    );
    numbersByText.set(text, numbers);
  }
  return numbers;
}
