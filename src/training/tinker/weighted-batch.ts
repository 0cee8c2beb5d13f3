import type { Datum, Loss } from "../trainer.ts";
import type { TinkerProfile } from "./profile.ts";
import type { TinkerLoss } from "./tinker-model.ts";
import { float32, int64, type TinkerDatum, type TinkerTensor } from "./wire-batch.ts";

/**
 * A batch and its loss as a server of the profile is to be told, so that what it minimises is the sum over data i and actions t of
 * weight_i · loss_it.
 *
 * Every policy loss grows with its advantage, loss(c·A) = c·loss(A) for c ≥ 0, so a datum's factor goes into its advantages:
 * - `token-sum`: the server sums as it is, and the factor is weight_i; for `cross_entropy` it goes into `weights`.
 * - `sequence-mean`: the server takes 1/N · Σ_i 1/n_i · Σ_t, with N data and n_i actions, and the factor is weight_i · N · n_i. There
 *   a factor in the `weights` of `cross_entropy` would cancel itself, so it is sent as `cispo` with both bounds at 1, whose loss is
 *   -A·logprob, with the factor as advantage.
 */
export function weightedBatch(
  batch: readonly Datum[],
  loss: Loss,
  profile: TinkerProfile,
): { readonly data: TinkerDatum[]; readonly loss: TinkerLoss } {
  const byMeans = profile.normalisation === "sequence-mean";
  const data = batch.map((datum, index) => {
    check(datum, loss, index);
    const { tokens, actions, weight } = datum;
    const mask = actions.slice(1).map(Number);
    const factor = byMeans ? weight * batch.length * mask.reduce((sum, one) => sum + one, 0) : weight;
    const inputs: Record<string, TinkerTensor> = { target_tokens: int64(tokens.slice(1)) };
    if (loss.name !== "cross_entropy") {
      inputs.logprobs = float32(datum.logprobs.slice(1));
      inputs.advantages = float32(datum.advantages.slice(1).map((advantage, t) => factor * advantage * mask[t]!));
      if (profile.actionMask) inputs.weights = float32(mask);
    } else if (byMeans) {
      inputs.logprobs = float32(mask.map(() => 0));
      inputs.advantages = float32(mask.map((one) => factor * one));
      inputs.weights = float32(mask);
    } else inputs.weights = float32(mask.map((one) => factor * one));
    return { modelInput: tokens.slice(0, -1), lossInputs: inputs };
  });
  return { data, loss: wireLoss(loss, byMeans) };
}

function wireLoss(loss: Loss, byMeans: boolean): TinkerLoss {
  const bounds = (low: number, high: number) => ({ clip_low_threshold: low, clip_high_threshold: high });
  if (loss.name === "ppo") return { name: "ppo", config: bounds(1 - loss.clipLow, 1 + loss.clipHigh) };
  if (loss.name === "cross_entropy" && byMeans) return { name: "cispo", config: bounds(1, 1) };
  return { name: loss.name };
}

/** Sequences whose log-probabilities are wanted; the loss is of no use. */
export function plainBatch(sequences: readonly (readonly number[])[]): TinkerDatum[] {
  return sequences.map((tokens) => ({
    modelInput: tokens.slice(0, -1),
    lossInputs: { target_tokens: int64(tokens.slice(1)), weights: float32(tokens.slice(1).map(() => 1)) },
  }));
}

function check({ tokens, actions, logprobs, advantages, weight }: Datum, loss: Loss, index: number): void {
  const wrong = (what: string) => new Error(`batch[${index}]: ${what}`);
  if (tokens.length < 2) throw wrong("a datum needs two tokens at least");
  if (actions.length !== tokens.length) throw wrong(`${actions.length} actions for ${tokens.length} tokens`);
  if (!(weight >= 0 && Number.isFinite(weight))) throw wrong(`weight ${weight} is not a number from 0`);
  if (loss.name === "cross_entropy") return;
  for (const [name, values] of Object.entries({ logprobs, advantages })) {
    if (values.length !== tokens.length) throw wrong(`${values.length} ${name} for ${tokens.length} tokens`);
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at !== -1) throw wrong(`${name}[${at}] is ${values[at]}`);
  }
}
