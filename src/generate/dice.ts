import type { SeededRandom } from "../core/seeded-random.ts";

/** The least and the greatest of a whole number, both included. */
export type Range = readonly [least: number, greatest: number];

export const inRange = (random: SeededRandom, [least, greatest]: Range): number =>
  least + random.below(greatest - least + 1);

export const chance = (random: SeededRandom, share: number): boolean => random.number() < share;

export function shuffled<T>(random: SeededRandom, items: readonly T[]): T[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [list[last], list[other]] = [list[other]!, list[last]!];
  }
  return list;
}

/** One of the items, each as likely as its weight; at least one weight is above zero. */
export function weighted<T>(random: SeededRandom, items: readonly T[], weightOf: (item: T) => number): T {
  const weights = items.map(weightOf);
  let left = random.number() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return items[at]!;
  }
  return items.at(-1)!;
}
