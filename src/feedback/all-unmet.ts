import type { Advice } from "./advice.ts";

/** One condition that keeps a call from succeeding, and the way to it. */
export interface Unmet {
  /** The condition, in the words of a tool's `requires` and `provides` where there are any. */
  readonly condition: string;
  /** What is true instead. */
  readonly now: string;
  /** Sentences for `guide`, naming no tool. */
  readonly way: string;
  /** Words for `direct` that name `tools`: "'open_shelf' with its number". */
  readonly call?: string;
  readonly tools?: readonly string[];
  readonly argument?: string;
  /** Written out in `way`. */
  readonly values?: readonly unknown[];
}

/**
 * Advice on all that is unmet, in the order in which the tool notices it. Only the first has an argument to change: while it is
 * unmet, another argument's value changes nothing. `lead` is said before, the level `diagnose` included.
 */
export function adviceOnUnmet(unmet: readonly Unmet[], lead = ""): Advice {
  const conditions = unmet.map(({ condition, now }) => `${condition} (${now})`).join("; ");
  const calls = unmet.flatMap(({ call }) => call ?? []);
  const first = unmet[0];
  return {
    diagnose: sentences([lead, conditions === "" ? "" : `Not met: ${conditions}.`]),
    guide: sentences(unmet.map(({ way }) => way)),
    direct: calls.length > 0 ? `Call ${calls.join(", then ")}.` : "",
    unmet: unmet.map(({ condition }) => condition),
    ...(first?.argument === undefined ? {} : { argument: first.argument }),
    ...(first?.values === undefined ? {} : { values: first.values }),
    tools: [...new Set(unmet.flatMap(({ tools = [] }) => tools))],
  };
}

const sentences = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");
