import { expect, test } from "vitest";
import { type GradedEntry, summarize } from "../../src/grading/summary.ts";

const entry = (category: string, family: string, progress: number): GradedEntry => ({
  ...{ id: `${category} ${family}`, category, family },
  grade: {
    ...{ valid: progress === 1, turns: [], progress, refusals: progress === 1 ? 0 : 2 },
    ...(progress === 1 ? {} : { failure: { type: "multi_turn:empty_turn_model_response", message: "" } }),
  },
});

test("there is a summary a category, and one of all where there are several", () => {
  const [base, other] = [entry("base", "a", 1), entry("miss_func", "a", 0.5)];
  expect(summarize([base])).toEqual([
    { group: "base", count: 1, valid: 1, accuracy: 1, progress: 1, failures: {}, refusals: 0, refusedEntries: 0 },
  ]);
  const groups = summarize([other, base, entry("base", "b", 0)]);
  expect(groups.map(({ group, count, accuracy, progress }) => [group, count, accuracy, progress])).toEqual([
    ["miss_func", 1, 0, 0.5],
    ["base", 2, 0.5, 0.5],
    ["all", 3, 1 / 3, 0.5],
  ]);
  expect(groups[2]).toMatchObject({
    valid: 1,
    failures: { "multi_turn:empty_turn_model_response": 2 },
    refusals: 4,
    refusedEntries: 2,
    interval: { low: expect.any(Number), high: expect.any(Number) },
  });
});

test("nothing adds up to nothing", () => {
  expect(summarize([])).toEqual([
    { group: "all", count: 0, valid: 0, accuracy: 0, progress: 0, failures: {}, refusals: 0, refusedEntries: 0 },
  ]);
});
