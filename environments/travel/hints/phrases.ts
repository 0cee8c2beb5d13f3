import { quoted } from "../../../src/feedback/words.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";

/** A text from the model or the state, quoted and cut: many may stand in one hint. */
export const named = (text: string): string => `'${text.length > 30 ? `${text.slice(0, 30)}…` : text}'`;

/** Whether a value can be written out in a hint. */
export const plain = (text: string): boolean => text !== "" && text.length <= 36;

/** `'a'`, `'a' or 'b'`. */
export const oneOf = (values: readonly string[]): string =>
  values.length < 2 ? quoted(values) : `${quoted(values.slice(0, -1))} or ${quoted(values.slice(-1))}`;

export const money = (amount: PyNumber): string => `${str(amount)} USD`;
