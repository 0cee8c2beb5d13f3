import fc from "fast-check";
import { expect, test } from "vitest";
import { heaviestMatching } from "../../src/progress/heaviest-matching.ts";

/** All ways to match, tried one by one. */
function exhaustive(weights: readonly (readonly number[])[], row = 0, used: readonly number[] = []): number {
  if (row === weights.length) return 0;
  let best = exhaustive(weights, row + 1, used);
  for (const [column, weight] of weights[row]!.entries())
    if (!used.includes(column)) best = Math.max(best, weight + exhaustive(weights, row + 1, [...used, column]));
  return best;
}

test("it is as heavy as the heaviest of all matchings", () => {
  const shape = fc.tuple(fc.nat(5), fc.nat(5));
  const matrices = shape.chain(([rows, columns]) =>
    fc.array(fc.array(fc.nat(20), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );
  fc.assert(
    fc.property(matrices, (weights) => {
      expect(heaviestMatching(weights)).toBeCloseTo(exhaustive(weights), 9);
    }),
  );
});
