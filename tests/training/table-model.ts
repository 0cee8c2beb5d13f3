import { sha256 } from "../../src/core/canonical.ts";
import { seededRandom } from "../../src/core/seeded-random.ts";
import type { SampledSequence, SampleRequest } from "../../src/training/sampler.ts";
import type { TrainStep, TrainStepResult } from "../../src/training/trainer.ts";

/** For each previous token, a logit of each token of the vocabulary; 0 where none is held. Plain JSON. */
export type Table = Readonly<Record<number, readonly number[]>>;

/** A bigram model: small enough to learn within a few steps, with right log-probabilities and gradients. */
export class TableModel {
  readonly vocabulary: number;
  constructor(vocabulary: number) {
    this.vocabulary = vocabulary;
  }

  distribution(table: Table, previous: number, temperature = 1): number[] {
    const logits = Array.from({ length: this.vocabulary }, (_, token) => (table[previous]?.[token] ?? 0) / temperature);
    const highest = Math.max(...logits);
    const total = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
    return logits.map((logit) => logit - total);
  }

  /** Tokens outside of the vocabulary, of prompts, have a fixed one. */
  logprobs(table: Table, tokens: readonly number[]): number[] {
    return tokens.map((token, at) =>
      at === 0 ? 0 : token < this.vocabulary ? this.distribution(table, tokens[at - 1]!)[token]! : -12,
    );
  }

  sample(table: Table, request: SampleRequest): SampledSequence[] {
    const { promptTokens, samples, maxTokens, temperature, stopTokens, seed = 0 } = request;
    const prompt = sha256(JSON.stringify(promptTokens));
    return Array.from({ length: samples }, (_, index) => {
      const random = seededRandom(`${seed + index} ${prompt}`);
      const tokens: number[] = [];
      const logprobs: number[] = [];
      while (tokens.length < maxTokens) {
        const previous = tokens.at(-1) ?? promptTokens.at(-1)!;
        let point = random.number();
        const chances = this.distribution(table, previous, temperature).map(Math.exp);
        const drawn = chances.findIndex((chance) => {
          point -= chance;
          return point < 0;
        });
        const token = drawn < 0 ? this.vocabulary - 1 : drawn;
        logprobs.push(this.distribution(table, previous)[token]!);
        tokens.push(token);
        if (stopTokens.includes(token)) return { tokens, logprobs, stopReason: "stop" as const };
      }
      return { tokens, logprobs, stopReason: "length" as const };
    });
  }

  /** One step of plain gradient descent. */
  step(table: Table, { batch, loss, optimiser }: TrainStep): TrainStepResult & { readonly table: Table } {
    const gradient = new Map<number, number[]>();
    const logprobs = batch.map(({ tokens }) => this.logprobs(table, tokens));
    for (const [index, { tokens, actions, logprobs: old, advantages, weight }] of batch.entries())
      for (const [at, token] of tokens.entries()) {
        if (!actions[at]) continue;
        const slope =
          loss.name === "cross_entropy"
            ? -weight
            : -weight * Math.exp(logprobs[index]![at]! - old[at]!) * advantages[at]!;
        const previous = tokens[at - 1]!;
        const row = gradient.get(previous) ?? Array(this.vocabulary).fill(0);
        this.distribution(table, previous).forEach((logprob, each) => {
          row[each] += slope * ((each === token ? 1 : 0) - Math.exp(logprob));
        });
        gradient.set(previous, row);
      }
    const next: Record<number, readonly number[]> = { ...table };
    for (const [previous, row] of gradient)
      next[previous] = row.map((value, token) => (table[previous]?.[token] ?? 0) - optimiser.learningRate * value);
    return {
      logprobs,
      gradientNorm: Math.hypot(...[...gradient.values()].flat()),
      metrics: {},
      table: next,
    };
  }
}
