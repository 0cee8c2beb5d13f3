import type { ToyModel } from "./toy-model.ts";

export interface WireDatum {
  readonly model_input: { readonly chunks: readonly { readonly type: string; readonly tokens: readonly number[] }[] };
  readonly loss_fn_inputs: Readonly<Record<string, { readonly data: readonly number[]; readonly dtype: string }>>;
}

export interface LossInput {
  readonly data: readonly WireDatum[];
  readonly loss_fn: string;
  readonly loss_fn_config?: Readonly<Record<string, number>> | null;
}

/** How losses become one: the hosted service and SkyRL's torch backends sum over tokens, SkyRL's JAX backend takes means. */
export type Normalisation = "token-sum" | "sequence-mean";

export interface Pass {
  /** For each datum, of its target tokens. */
  readonly logprobs: readonly (readonly number[])[];
  readonly losses: readonly (readonly number[])[];
  /** Summed over the data; where means are taken, still to be divided by the number of all data of the step. */
  readonly gradient: readonly number[];
}

/** Each datum's losses and the gradient, written after SkyRL's `loss_fns.py` and `jax.py`. */
export function pass(model: ToyModel, weights: readonly number[], input: LossInput, way: Normalisation): Pass {
  const gradient = weights.map(() => 0);
  const logprobs: number[][] = [];
  const losses: number[][] = [];
  const low = input.loss_fn_config?.clip_low_threshold ?? 0.8;
  const high = input.loss_fn_config?.clip_high_threshold ?? 1.2;
  for (const datum of input.data) {
    const tokens = datum.model_input.chunks.flatMap((chunk) => chunk.tokens);
    const { target_tokens, weights: mask, logprobs: old, advantages } = datum.loss_fn_inputs;
    const targets = target_tokens!.data;
    const counts = mask?.data ?? targets.map(() => 1);
    const divisor =
      way === "token-sum"
        ? 1
        : Math.max(
            counts.reduce((sum, count) => sum + count, 0),
            1e-9,
          );
    const now = targets.map((target, t) => model.logprob(weights, tokens[t]!, target));
    logprobs.push(now);
    losses.push(
      targets.map((target, t) => {
        if (counts[t] === 0) return 0;
        const { loss, slope } = action(input.loss_fn, now[t]!, old?.data[t] ?? 0, advantages?.data[t] ?? 0, low, high);
        const share = (counts[t]! * slope) / divisor;
        if (share !== 0)
          model.slope(weights, tokens[t]!, target).forEach((value, k) => {
            gradient[k]! += share * value;
          });
        return counts[t]! * loss;
      }),
    );
  }
  return { logprobs, losses, gradient };
}

/** An action's loss, and its derivative by the log-probability. */
function action(name: string, now: number, old: number, advantage: number, low: number, high: number) {
  const ratio = Math.exp(now - old);
  const clipped = Math.min(Math.max(ratio, low), high);
  switch (name) {
    case "cross_entropy":
      return { loss: -now, slope: -1 };
    case "importance_sampling":
      return { loss: -ratio * advantage, slope: -ratio * advantage };
    case "ppo": {
      const free = ratio * advantage <= clipped * advantage;
      return { loss: -Math.min(ratio * advantage, clipped * advantage), slope: free ? -ratio * advantage : 0 };
    }
    case "cispo":
      return { loss: -clipped * now * advantage, slope: -clipped * advantage };
    default:
      throw new Error(`no loss ${name}`);
  }
}
