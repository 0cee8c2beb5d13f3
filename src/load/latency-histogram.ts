/** Latencies by how many there were of each, in memory that does not grow with their number. */
export interface LatencyHistogram {
  add(milliseconds: number): void;
  readonly count: number;
  /** Milliseconds, within 1.6% of the truth; 0 where nothing was added. */
  quantile(share: number): number;
  /** The longest, exactly. */
  readonly max: number;
}

/** Of each power of two; this many steps make an error of at most 1/64. */
const stepsPerDoubling = 64;
/** Up to 2^32 microseconds, over an hour. */
const doublings = 32;

export function latencyHistogram(): LatencyHistogram {
  const counts = new Float64Array(stepsPerDoubling * (doublings + 1));
  let count = 0;
  let max = 0;
  return {
    add(milliseconds) {
      counts[bucketOf(milliseconds * 1000)]!++;
      count++;
      if (milliseconds > max) max = milliseconds;
    },
    get count() {
      return count;
    },
    get max() {
      return max;
    },
    quantile(share) {
      let left = Math.ceil(share * count);
      if (left === 0) return 0;
      for (const [bucket, many] of counts.entries()) {
        left -= many;
        if (left <= 0) return Math.min(max, upperEdge(bucket) / 1000);
      }
      return max;
    },
  };
}

/** Below 64 each microsecond has a bucket; above, each doubling has 64. */
function bucketOf(microseconds: number): number {
  const whole = Math.min(2 ** doublings - 1, Math.floor(microseconds));
  if (whole < stepsPerDoubling) return whole;
  const exponent = 31 - Math.clz32(whole) - 6;
  return exponent * stepsPerDoubling + (whole >>> exponent);
}

function upperEdge(bucket: number): number {
  if (bucket < 2 * stepsPerDoubling) return bucket + 1;
  const exponent = Math.floor(bucket / stepsPerDoubling) - 1;
  return (bucket - exponent * stepsPerDoubling + 1) * 2 ** exponent;
}
