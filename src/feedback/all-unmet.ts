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

/** Beyond so many conditions, what was given is not repeated, and tools are named without a reason: a hint must stay readable. */
const manyConditions = 5;
const manyCalls = 3;

/**
 * Advice on all that is unmet, in the order in which the tool notices it. Only the first has an argument to change: while it is
 * unmet, another argument's value changes nothing. `lead` is said before, the level `diagnose` included.
 */
export function adviceOnUnmet(unmet: readonly Unmet[], lead = ""): Advice {
  const tools = [...new Set(unmet.flatMap(({ tools = [] }) => tools))];
  const conditions = unmet.map(({ condition, now, argument }) =>
    unmet.length > manyConditions && argument !== undefined ? condition : `${condition} (${now})`,
  );
  const calls = unmet.length > manyCalls ? tools.map((tool) => `'${tool}'`) : unmet.flatMap(({ call }) => call ?? []);
  const first = unmet[0];
  const nothingToTry = first?.values?.length === 0;
  return {
    diagnose: sentences([lead, conditions.length === 0 ? "" : `Not met: ${conditions.join("; ")}.`]),
    guide: sentences(unmet.map(({ way }) => way)),
    direct: calls.length > 0 ? `Call ${[...new Set(calls)].join(", then ")}.` : "",
    unmet: unmet.map(({ condition }) => condition),
    ...(first?.argument === undefined || nothingToTry ? {} : { argument: first.argument }),
    ...(first?.values === undefined || nothingToTry ? {} : { values: first.values }),
    tools,
  };
}

const sentences = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");
