import { sha256 } from "../../../src/core/canonical.ts";
import { seededRandom } from "../../../src/core/seeded-random.ts";

/** Weights and Adam's moments. Never changed in place, so a checkpoint is a reference. */
export interface ToyState {
  readonly weights: readonly number[];
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly steps: number;
}

export interface AdamParams {
  readonly learning_rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weight_decay: number;
  readonly grad_clip_norm?: number;
}

const size = 6;
/** A token that the model cannot emit has this log-probability, whatever the weights. */
const foreign = -12;

/**
 * A language model of six weights: a token's logit is the weights times features that depend on it and the token before it. Small, but
 * its log-probabilities sum to one, its gradients are right, and training it raises what it is rewarded for.
 */
export class ToyModel {
  readonly #vocabulary: readonly number[];
  readonly #index: ReadonlyMap<number, number>;
  readonly #features = new Map<number, readonly (readonly number[])[]>();

  constructor(vocabulary: readonly number[]) {
    this.#vocabulary = vocabulary;
    this.#index = new Map(vocabulary.map((token, index) => [token, index]));
  }

  start(seed: number): ToyState {
    const random = seededRandom(`weights ${seed}`);
    const none = Array.from({ length: size }, () => 0);
    return { weights: none.map(() => random.number() * 0.2 - 0.1), first: none, second: none, steps: 0 };
  }

  #featuresAfter(previous: number): readonly (readonly number[])[] {
    let features = this.#features.get(previous);
    if (!features) {
      const random = seededRandom(`features ${previous}`);
      features = this.#vocabulary.map(() => Array.from({ length: size }, () => random.number() * 2 - 1));
      this.#features.set(previous, features);
    }
    return features;
  }

  #distribution(weights: readonly number[], previous: number, temperature = 1): number[] {
    const logits = this.#featuresAfter(previous).map((row) => dot(row, weights) / temperature);
    const highest = Math.max(...logits);
    const total = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
    return logits.map((logit) => logit - total);
  }

  logprob(weights: readonly number[], previous: number, token: number): number {
    const index = this.#index.get(token);
    return index === undefined ? foreign : this.#distribution(weights, previous)[index]!;
  }

  /** The gradient of `logprob` by the weights. */
  slope(weights: readonly number[], previous: number, token: number): number[] {
    const index = this.#index.get(token);
    if (index === undefined) return weights.map(() => 0);
    const features = this.#featuresAfter(previous);
    const chances = this.#distribution(weights, previous).map(Math.exp);
    return features[index]!.map(
      (own, k) => own - chances.reduce((sum, chance, j) => sum + chance * features[j]![k]!, 0),
    );
  }

  /** As the servers do: drawn at the temperature, log-probabilities at temperature 1, the stop token kept. */
  sample(
    weights: readonly number[],
    prompt: readonly number[],
    options: { seed: number; maxTokens: number; temperature: number; stop: readonly number[] },
    forced: readonly number[] | undefined,
  ) {
    const random = seededRandom(`sample ${options.seed} ${sha256(JSON.stringify(prompt))}`);
    const tokens: number[] = [];
    const logprobs: number[] = [];
    let previous = prompt.at(-1) ?? 0;
    const most = Math.min(options.maxTokens, forced?.length ?? Number.POSITIVE_INFINITY);
    while (tokens.length < most) {
      const token = forced
        ? forced[tokens.length]!
        : this.#draw(weights, previous, options.temperature, random.number());
      tokens.push(token);
      logprobs.push(this.logprob(weights, previous, token));
      if (options.stop.includes(token)) return { tokens, logprobs, stop_reason: "stop" };
      previous = token;
    }
    return { tokens, logprobs, stop_reason: tokens.length < options.maxTokens ? "stop" : "length" };
  }

  #draw(weights: readonly number[], previous: number, temperature: number, point: number): number {
    const logprobs = this.#distribution(weights, previous, temperature || 1);
    if (temperature === 0) return this.#vocabulary[logprobs.indexOf(Math.max(...logprobs))]!;
    let sum = 0;
    const index = logprobs.findIndex((logprob) => {
      sum += Math.exp(logprob);
      return sum > point;
    });
    return this.#vocabulary[index === -1 ? logprobs.length - 1 : index]!;
  }
}

/** One step of AdamW. */
export function adam(state: ToyState, gradient: readonly number[], params: AdamParams): ToyState {
  const norm = Math.hypot(...gradient);
  const most = params.grad_clip_norm ?? 0;
  const clipped = most > 0 && norm > most ? gradient.map((g) => (g * most) / norm) : gradient;
  const steps = state.steps + 1;
  const first = state.first.map((m, k) => params.beta1 * m + (1 - params.beta1) * clipped[k]!);
  const second = state.second.map((v, k) => params.beta2 * v + (1 - params.beta2) * clipped[k]! ** 2);
  const weights = state.weights.map((weight, k) => {
    const m = first[k]! / (1 - params.beta1 ** steps);
    const v = second[k]! / (1 - params.beta2 ** steps);
    return weight - params.learning_rate * (m / (Math.sqrt(v) + params.eps) + params.weight_decay * weight);
  });
  return { weights, first, second, steps };
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}
