/** Nanoseconds since some fixed moment. */
export const now = (): number => performance.now() * 1e6;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Collects garbage now. Not for use between rounds: V8 throws away optimised code whose objects have died, so that every round
 * would start cold. Needs `node --expose-gc`.
 */
export function collectGarbage(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error("the benchmark needs node --expose-gc");
  gc();
}

/** The last thing a measured run returned is kept here, so that no compiler finds the runs useless. */
export const keptResult: { value?: unknown } = {};

/** Nanoseconds of one warm run: the median over batches that each take a while, after a warm-up. */
export function nanosecondsEach(run: () => unknown, rounds: number): number {
  const batch = (times: number): number => {
    const start = now();
    for (let i = 0; i < times; i++) keptResult.value = run();
    return now() - start;
  };
  const warmUp = 2e8;
  let times = 1;
  let warm = 0;
  for (let spent = 0; spent < warmUp; spent += warm) {
    if (spent > 0 && warm < warmUp / 10) times *= 2;
    warm = batch(times);
  }
  return median(Array.from({ length: rounds }, () => batch(times) / times));
}

/** The column-wise medians of several rounds, each a list of equal length. */
export function medians(rounds: readonly (readonly number[])[]): number[] {
  return rounds[0]!.map((_, column) => median(rounds.map((round) => round[column]!)));
}
