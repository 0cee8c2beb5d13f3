/** Of a list that is not empty. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The middle one of a list that is not empty, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export const maximum = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** The means of every `window` values in a row, the latest last; empty where there are fewer values. */
export const movingMeans = (values: readonly number[], window: number): number[] =>
  values.slice(window - 1).map((_, start) => mean(values.slice(start, start + window)));
