import { expect, test } from "vitest";
import { summarizeEvaluation } from "../../src/evaluation/evaluation-summary.ts";
import { clusterInterval } from "../../src/grading/interval.ts";
import { episode } from "./episodes.ts";

/** Of two samples each: one task with both right, one with one, one with none. */
const episodes = [
  ...[episode("f1.a", 0, true), episode("f1.a", 1, true)],
  ...[episode("f1.b", 0, true), episode("f1.b", 1, false, { cutMessages: 2 })],
  ...[episode("f2.c", 0, false), episode("f2.c", 1, false, { ended: "aborted", reason: "down" })],
];

test("accuracy, passes and means of one category", () => {
  const [summary, ...others] = summarizeEvaluation(episodes, 2);
  expect(others).toEqual([]);
  expect(summary).toMatchObject({ group: "base", tasks: 3, episodes: 6, accuracy: 0.5, progress: 0.75, aborted: 1 });
  expect(summary!.passAtK).toEqual({ 1: 0.5, 2: 2 / 3 });
  expect(summary!.passHatK).toEqual({ 1: 0.5, 2: 1 / 3 });
  expect(summary).toMatchObject({
    formatErrors: 6 / 24,
    failedCallsPerTurn: 3 / 12,
    steps: 4,
    calls: 2,
    cutMessages: 2,
  });
});

test("the interval draws families, not episodes", () => {
  const [summary] = summarizeEvaluation(episodes, 2);
  expect(summary!.interval).toEqual(
    clusterInterval(episodes.map(({ family, grade }) => ({ cluster: family, value: grade.valid ? 1 : 0 }))),
  );
  // With both draws of one family, accuracy is 3/4 or 0.
  expect(summary!.interval).toEqual({ low: 0, high: 0.75 });
  expect(summarizeEvaluation(episodes.slice(0, 4), 2)[0]).not.toHaveProperty("interval");
});

test("categories come one by one, then all; a task without all of its samples counts for no pass, and none at all make no estimate", () => {
  const other = { category: "miss_func" };
  const groups = summarizeEvaluation([...episodes, episode("f3.d", 0, true, other)], 2);
  expect(groups.map(({ group, tasks }) => [group, tasks])).toEqual([
    ["base", 3],
    ["miss_func", 1],
    ["all", 4],
  ]);
  const { accuracy, passAtK, passHatK } = groups[1]!;
  expect({ accuracy, passAtK, passHatK }).toEqual({ accuracy: 1, passAtK: {}, passHatK: {} });
  expect(groups[2]!.passAtK).toEqual(groups[0]!.passAtK);
});
