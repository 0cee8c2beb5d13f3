import type { Datum } from "../trainer.ts";

/**
 * Goes through the actions of a batch with their log-probabilities when sampled and under other weights. Throws where the two do
 * not match in number or one is not finite, naming whose they are.
 */
export function forEachAction(
  data: readonly Datum[],
  others: readonly (readonly number[])[],
  whose: "reference" | "trainer",
  visit: (datum: Datum, sampled: number, other: number) => void,
): void {
  if (others.length !== data.length)
    throw new Error(`the ${whose} gave log-probabilities of ${others.length} sequences, the batch has ${data.length}`);
  for (const [index, datum] of data.entries()) {
    const other = others[index]!;
    if (other.length !== datum.tokens.length)
      throw new Error(
        `the ${whose} gave ${other.length} log-probabilities of datum ${index}, which has ${datum.tokens.length} tokens`,
      );
    for (const [at, isAction] of datum.actions.entries()) {
      if (!isAction) continue;
      const sampled = requireFinite(
        datum.logprobs[at],
        `the sampler's log-probability of token ${at} of datum ${index}`,
      );
      visit(
        datum,
        sampled,
        requireFinite(other[at], `the ${whose}'s log-probability of token ${at} of datum ${index}`),
      );
    }
  }
}

function requireFinite(value: number | undefined, what: string): number {
  if (value === undefined || !Number.isFinite(value)) throw new Error(`${what} is ${value}, which is no finite number`);
  return value;
}
