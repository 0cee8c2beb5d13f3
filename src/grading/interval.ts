import { randomInteger, randomOf } from "../python/random.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;

/** One measured value, the family it belongs to, and how much it counts (1). */
export interface ClusteredValue {
  readonly cluster: string;
  readonly value: number;
  readonly weight?: number;
}

/** The mean of values by their weights; undefined where nothing counts. */
export function weightedMean(values: readonly ClusteredValue[]): number | undefined {
  let sum = 0;
  let total = 0;
  for (const { value, weight = 1 } of values) {
    sum += weight * value;
    total += weight;
  }
  return total > 0 ? sum / total : undefined;
}

/**
 * The 95% interval of a mean, by bootstrap over clusters: whole families are drawn with replacement, because the variants of one
 * conversation rise and fall together. Seeded, so that one input has one interval. Undefined with fewer than two clusters.
 */
export function clusterInterval(values: readonly ClusteredValue[]): Interval | undefined {
  const clusters = new Map<string, { sum: number; count: number }>();
  for (const { cluster, value, weight = 1 } of values) {
    if (weight === 0) continue;
    const known = clusters.get(cluster) ?? { sum: 0, count: 0 };
    clusters.set(cluster, { sum: known.sum + weight * value, count: known.count + weight });
  }
  const all = [...clusters.values()];
  if (all.length < 2) return undefined;
  let random = randomOf(20251022);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < all.length; i++) {
      const draw = randomInteger(random, 0, all.length - 1);
      random = draw.random;
      const drawn = all[draw.value]!;
      sum += drawn.sum;
      count += drawn.count;
    }
    return sum / count;
  }).sort((a, b) => a - b);
  return { low: means[Math.floor(0.025 * resamples)]!, high: means[Math.ceil(0.975 * resamples) - 1]! };
}
