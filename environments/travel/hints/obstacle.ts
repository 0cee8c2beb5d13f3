import type { Advice } from "../../../src/feedback/advice.ts";
import { listed, quoted } from "../../../src/feedback/words.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";

/** One thing that stands in the way of a call. */
export interface Obstacle {
  /** The condition that is not met, and what is true instead. */
  readonly unmet: string;
  readonly now: string;
  /** The way past it, as sentences. */
  readonly way: string;
  /** Values worth trying for an argument, written out in `way`. */
  readonly argument?: string;
  readonly values?: readonly unknown[];
  /** How `direct` says which tools to call. */
  readonly calls?: string;
  readonly tools?: readonly string[];
}

/**
 * Says all obstacles at once. They come in the order in which the tool notices them, so values for the first one's argument
 * change how the call ends, and those of the others might not.
 */
export function adviceOnAll(obstacles: readonly Obstacle[]): Advice {
  const [first] = obstacles;
  const { argument, values = [] } = first ?? {};
  const tools = [...new Set(obstacles.flatMap(({ tools = [] }) => tools))];
  // With much to say, what was given need not be repeated, and tools are named without a reason: a hint must stay readable.
  const condition = ({ unmet, now, argument }: Obstacle) =>
    obstacles.length > 5 && argument !== undefined ? unmet : `${unmet} (${now})`;
  const calls = obstacles.length > 3 ? tools.map((tool) => `'${tool}'`) : obstacles.flatMap(({ calls = [] }) => calls);
  return {
    diagnose: `Not met: ${obstacles.map(condition).join("; ")}.`,
    guide: obstacles.map(({ way }) => way).join(" "),
    direct: calls.length > 0 ? `Call ${listed([...new Set(calls)])}.` : "",
    unmet: obstacles.map(({ unmet }) => unmet),
    tools,
    ...(argument !== undefined && values.length > 0 ? { argument, values } : {}),
  };
}

/** A text from the model or the state, quoted and cut: many may stand in one hint. */
export const named = (text: string): string => `'${text.length > 30 ? `${text.slice(0, 30)}…` : text}'`;

/** Whether a value can be written out in a hint. */
export const plain = (text: string): boolean => text !== "" && text.length <= 36;

/** `'a'`, `'a' or 'b'`. */
export const oneOf = (values: readonly string[]): string =>
  values.length < 2 ? quoted(values) : `${quoted(values.slice(0, -1))} or ${quoted(values.slice(-1))}`;

export const money = (amount: PyNumber): string => `${str(amount)} USD`;
