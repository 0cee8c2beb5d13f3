import { expect, test } from "vitest";
import { drawsOf, passAtK, passHatK } from "../../src/evaluation/estimators.ts";

test("of 4 samples 2 are right: 1 of the 6 pairs has none right, 1 has both", () => {
  expect([passAtK(4, 2, 1), passHatK(4, 2, 1)]).toEqual([0.5, 0.5]);
  expect(passAtK(4, 2, 2)).toBeCloseTo(5 / 6, 12);
  expect(passHatK(4, 2, 2)).toBeCloseTo(1 / 6, 12);
  expect([passAtK(4, 2, 3), passHatK(4, 2, 3)]).toEqual([1, 0]);
});

test("none and all right are certain, and large numbers stay exact", () => {
  expect([passAtK(8, 0, 8), passHatK(8, 8, 8), passAtK(1, 1, 1), passHatK(1, 0, 1)]).toEqual([0, 1, 1, 0]);
  // C(1000, 500) has 300 digits.
  expect(passAtK(1000, 1, 500)).toBeCloseTo(0.5, 12);
  expect(passHatK(1000, 999, 500)).toBeCloseTo(0.5, 12);
});

test("draws beyond the samples, and counts that are none, are refused", () => {
  for (const [n, c, k] of [
    [4, 2, 5],
    [4, 2, 0],
    [4, 5, 1],
    [4, 1.5, 1],
  ] as const)
    expect(() => passAtK(n, c, k)).toThrow("give whole numbers");
});

test("powers of two and the number itself are reported", () => {
  expect([1, 2, 3, 8, 10].map(drawsOf)).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 4, 8], [1, 2, 4, 8, 10]]);
});
