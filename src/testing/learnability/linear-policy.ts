import type { SeededRandom } from "../../core/seeded-random.ts";
import { type Features, featureCount, type PlaceFeatures } from "./feature-hash.ts";
import type { Place } from "./place.ts";

/** One decision of an episode: what there was to choose from, the probabilities, and what was chosen. */
export interface Decision {
  readonly place: Place;
  readonly feedback: PlaceFeatures | undefined;
  readonly probabilities: Float64Array;
  readonly choice: number;
}

/** A log-linear policy over candidates: the probability of each is proportional to e to the sum of its features' weights. */
export class LinearPolicy {
  readonly weights = new Float64Array(featureCount);

  constructor(start: readonly (readonly [feature: number, weight: number])[] = []) {
    for (const [feature, weight] of start) this.weights[feature]! += weight;
  }

  probabilities(place: Place, feedback: PlaceFeatures | undefined): Float64Array {
    const ofTools = place.tools.map(
      (_, tool) => this.#sum(place.features.ofTools[tool]!) + (feedback ? this.#sum(feedback.ofTools[tool]!) : 0),
    );
    const scores = new Float64Array(place.candidates.length);
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < scores.length; index++) {
      const own = this.#sum(place.features.ofCandidates[index]!);
      const told = feedback ? this.#sum(feedback.ofCandidates[index]!) : 0;
      scores[index] = ofTools[place.toolOf[index]!]! + own + told;
      if (scores[index]! > highest) highest = scores[index]!;
    }
    let total = 0;
    for (let index = 0; index < scores.length; index++) {
      scores[index] = Math.exp(scores[index]! - highest);
      total += scores[index]!;
    }
    for (let index = 0; index < scores.length; index++) scores[index]! /= total;
    return scores;
  }

  choose(place: Place, feedback: PlaceFeatures | undefined, random: SeededRandom): Decision {
    const probabilities = this.probabilities(place, feedback);
    let left = random.number();
    let choice = 0;
    while (choice < probabilities.length - 1 && left >= probabilities[choice]!) {
      left -= probabilities[choice]!;
      choice++;
    }
    return { place, feedback, probabilities, choice };
  }

  #sum(features: readonly Features[]): number {
    let sum = 0;
    for (const { ids, value } of features) {
      let part = 0;
      for (let at = 0; at < ids.length; at++) part += this.weights[ids[at]!]!;
      sum += value * part;
    }
    return sum;
  }
}

/** A sum of gradients of log-probabilities of choices, each times its advantage. */
export class Gradient {
  readonly values = new Float64Array(featureCount);
  readonly #touched: number[] = [];
  readonly #isTouched = new Uint8Array(featureCount);

  /** Adds d log p(choice) / d weights, times `scale`: the features of the choice minus those expected. */
  add({ place, feedback, probabilities, choice }: Decision, scale: number): void {
    const ofTools = new Float64Array(place.tools.length);
    for (let index = 0; index < probabilities.length; index++) {
      const share = scale * ((index === choice ? 1 : 0) - probabilities[index]!);
      ofTools[place.toolOf[index]!]! += share;
      this.#spread(place.features.ofCandidates[index]!, share);
      if (feedback) this.#spread(feedback.ofCandidates[index]!, share);
    }
    for (let tool = 0; tool < ofTools.length; tool++) {
      this.#spread(place.features.ofTools[tool]!, ofTools[tool]!);
      if (feedback) this.#spread(feedback.ofTools[tool]!, ofTools[tool]!);
    }
  }

  /** Moves the weights along the gradient and clears it. Returns its norm. */
  apply(policy: LinearPolicy, rate: number): number {
    let squares = 0;
    for (const id of this.#touched) {
      const value = this.values[id]!;
      squares += value * value;
      policy.weights[id]! += rate * value;
      this.values[id] = 0;
      this.#isTouched[id] = 0;
    }
    this.#touched.length = 0;
    return Math.sqrt(squares);
  }

  #spread(features: readonly Features[], share: number): void {
    for (const { ids, value } of features)
      for (let at = 0; at < ids.length; at++) {
        const id = ids[at]!;
        if (this.#isTouched[id] === 0) {
          this.#isTouched[id] = 1;
          this.#touched.push(id);
        }
        this.values[id]! += share * value;
      }
  }
}
