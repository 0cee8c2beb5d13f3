import { expect, test } from "vitest";
import { latencyHistogram } from "../../src/load/latency-histogram.ts";

test("quantiles are within 1.6% of the values they stand for, from microseconds to minutes", () => {
  for (const scale of [0.003, 0.9, 17, 4321, 120_000]) {
    const histogram = latencyHistogram();
    for (let value = 1; value <= 1000; value++) histogram.add((scale * value) / 1000);
    for (const share of [0.5, 0.95, 0.99]) {
      const error = histogram.quantile(share) - scale * share;
      expect(error).toBeGreaterThanOrEqual(-0.001);
      expect(error).toBeLessThanOrEqual(0.001 + scale * share * 0.016);
    }
    expect(histogram.quantile(1)).toBe(scale);
    expect(histogram.max).toBe(scale);
  }
});

test("an empty one has zeros, and a latency beyond the range still counts", () => {
  const histogram = latencyHistogram();
  expect([histogram.count, histogram.quantile(0.99), histogram.max]).toEqual([0, 0, 0]);
  histogram.add(1e9);
  expect([histogram.count, histogram.max]).toEqual([1, 1e9]);
});
