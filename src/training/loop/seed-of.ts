import { seededRandom } from "../../core/seeded-random.ts";

/** A seed of sampling that depends on nothing but its parts: the run's seed, the step, the task, the sample. */
export const seedOf = (...parts: readonly (string | number)[]): number =>
  seededRandom(JSON.stringify(parts)).below(2 ** 30);
