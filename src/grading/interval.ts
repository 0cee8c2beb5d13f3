import { randomInteger, randomOf } from "../python/random.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;

/**
 * The 95% interval of a mean, by bootstrap over clusters: whole families are drawn with replacement, because the variants of one
 * conversation rise and fall together. Seeded, so that one input has one interval. Undefined with fewer than two clusters.
 */
export function clusterInterval(
  values: readonly { readonly cluster: string; readonly value: number }[],
): Interval | undefined {
  const clusters = new Map<string, { sum: number; count: number }>();
  for (const { cluster, value } of values) {
    const known = clusters.get(cluster) ?? { sum: 0, count: 0 };
    clusters.set(cluster, { sum: known.sum + value, count: known.count + 1 });
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
