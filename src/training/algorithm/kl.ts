import type { Datum } from "../trainer.ts";
import { forEachAction } from "./actions.ts";

/** For each datum and token, a log-probability under other weights than those that sampled it; 0 for the first token. */
export type TokenLogprobs = readonly (readonly number[])[];

/**
 * The batch with a KL term subtracted from its advantages, for trainers that cannot have it in the loss. With d = logprob when
 * sampled - logprob of the reference, each action's advantage becomes
 *
 *     A + coefficient * (mean d - d)
 *
 * the mean being over the batch as its loss is (by weight), so that the batch's mean advantage stays what it was. Since
 * E[d * grad logprob] is the gradient of KL(policy || reference) at one token, this descends the KL of each token given what
 * precedes it, as tinker-cookbook's `incorporate_kl_penalty` does without a discount (there the mean is over tokens always).
 *
 * The paper has another term: verl's `low_var_kl` in the loss, exp(-d) + d - 1, whose gradient carries the factor 1 - exp(-d)
 * where this carries d. They agree while d is small. Where the policy says a token far more often than the reference (d > 0),
 * the paper's factor stays below 1 and this one goes on growing; where far less often, the paper's grows exponentially. On
 * average the paper's term descends KL(reference || policy). And this term is clipped along with the advantage, the paper's not.
 */
export function withKlOnAdvantages(data: readonly Datum[], reference: TokenLogprobs, coefficient: number): Datum[] {
  let [sum, weights] = [0, 0];
  forEachAction(data, reference, "reference", ({ weight }, sampled, other) => {
    sum += weight * (sampled - other);
    weights += weight;
  });
  const mean = sum / weights;
  return data.map((datum, index) => ({
    ...datum,
    advantages: datum.advantages.map((advantage, at) =>
      datum.actions[at] ? advantage + coefficient * (mean - (datum.logprobs[at]! - reference[index]![at]!)) : 0,
    ),
  }));
}

/** Mean over all actions of logprob when sampled minus the reference's, in nats a token: an estimate of KL(policy || reference). */
export function meanKl(data: readonly Datum[], reference: TokenLogprobs): number {
  let [sum, count] = [0, 0];
  forEachAction(data, reference, "reference", (_, sampled, other) => {
    sum += sampled - other;
    count += 1;
  });
  if (count === 0) throw new Error("the batch has no actions, so it has no mean KL; make no step of it");
  return sum / count;
}
