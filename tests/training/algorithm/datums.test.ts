import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { type Aggregation, dataOf, supervisedDataOf } from "../../../src/training/algorithm/datums.ts";
import type { Datum } from "../../../src/training/trainer.ts";
import { episode, segment } from "./episodes.ts";

const long = { tokens: episode(segment(".aaa"), segment("..a.bb")), advantage: 0.5 };
const short = { tokens: episode(segment("..a.b")), advantage: -1 };

const actionsOf = ({ actions }: Datum) => actions.filter(Boolean).length;
/** Of a loss of minus the advantage for each action. */
const lossOf = (data: readonly Datum[]) =>
  data.reduce((sum, { advantages, weight }) => sum - weight * advantages.reduce((a, b) => a + b, 0), 0);

test("sequenceMean: each episode counts a half, one of two segments too", () => {
  const data = dataOf([long, short], "sequenceMean");
  expect(data.map(({ weight }) => weight)).toEqual([1 / 12, 1 / 12, 1 / 4]);
  expect(lossOf(data)).toBeCloseTo(-(0.5 - 1) / 2, 12);
});

test("tokenMean: each of the eight actions counts an eighth", () => {
  const data = dataOf([long, short], "tokenMean");
  expect(data.map(({ weight }) => weight)).toEqual([1 / 8, 1 / 8, 1 / 8]);
  expect(lossOf(data)).toBeCloseTo(-(6 * 0.5 - 2) / 8, 12);
});

test("a datum has the segment's ids and log-probabilities, and the advantage at its actions only", () => {
  const [datum] = dataOf([{ tokens: episode(segment("..a.b", [-1, -2])), advantage: 3 }], "tokenMean");
  expect(datum).toEqual({
    tokens: [0, 1, 2, 3, 4],
    actions: [false, false, true, false, true],
    logprobs: [0, 0, -1, 0, -2],
    advantages: [0, 0, 3, 0, 3],
    weight: 1 / 2,
  });
});

test("what has no actions makes no datum and counts nowhere", () => {
  const none = { tokens: episode(segment("...")), advantage: 9 };
  const half = { tokens: episode(segment(".a"), segment("..")), advantage: 1 };
  expect(dataOf([none, half], "sequenceMean")).toEqual(
    dataOf([{ ...half, tokens: episode(segment(".a")) }], "sequenceMean"),
  );
  expect(dataOf([none], "sequenceMean")).toEqual([]);
  expect(dataOf([], "tokenMean")).toEqual([]);
});

test("supervised data have the same weights, and neither log-probabilities nor advantages", () => {
  const data = supervisedDataOf([long.tokens, short.tokens], "sequenceMean");
  expect(data.map(({ weight }) => weight)).toEqual([1 / 12, 1 / 12, 1 / 4]);
  expect(data.every(({ logprobs, advantages }) => logprobs.length === 0 && advantages.length === 0)).toBe(true);
});

test("an advantage that is no number, and a segment that does not fit together, are named", () => {
  expect(() => dataOf([short, { ...long, advantage: Number.NaN }], "tokenMean")).toThrow(
    "the advantage of episode 1 is NaN",
  );
  expect(() => supervisedDataOf([episode(segment(".a"), segment("ab"))], "tokenMean")).toThrow(
    "segment 1 of episode 0 begins with an action",
  );
  const broken = { ...segment(".ab"), logprobs: [0, -1] };
  expect(() => supervisedDataOf([episode(broken)], "tokenMean")).toThrow(
    "segment 0 of episode 0 has 3 tokens, but 3 action marks and 2 log-probabilities",
  );
});

const pattern = fc.array(fc.constantFrom(".", "a"), { maxLength: 12 }).map((signs) => `.${signs.join("")}`);
const episodes = fc.array(fc.array(pattern, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

property.prop([episodes, fc.constantFrom<Aggregation>("sequenceMean", "tokenMean")])(
  "over all actions the weights sum to 1",
  (patterns, aggregation) => {
    const tokens = patterns.map((each) => episode(...each.map((one) => segment(one))));
    const data = supervisedDataOf(tokens, aggregation);
    const sum = data.reduce((total, datum) => total + datum.weight * actionsOf(datum), 0);
    expect(sum).toBeCloseTo(data.length === 0 ? 0 : 1, 9);
  },
);
