import type { Datum } from "../trainer.ts";
import { forEachAction } from "./actions.ts";

/**
 * Largest and mean absolute difference, in nats, between the log-probabilities of actions when they were sampled and under the
 * trainer: near 0 where sampler and trainer hold the same weights and read the same tokens. Throws for a batch without actions.
 */
export function logprobGap(
  data: readonly Datum[],
  trainer: readonly (readonly number[])[],
): { readonly largest: number; readonly mean: number } {
  let [largest, sum, count] = [0, 0, 0];
  forEachAction(data, trainer, "trainer", (_, sampled, other) => {
    const gap = Math.abs(sampled - other);
    largest = Math.max(largest, gap);
    sum += gap;
    count += 1;
  });
  if (count === 0) throw new Error("the batch has no actions to compare log-probabilities of; make no step of it");
  return { largest, mean: sum / count };
}
