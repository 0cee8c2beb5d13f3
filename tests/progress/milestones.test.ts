import { expect, test } from "vitest";
import { type Milestone, milestoneReward } from "../../src/progress/milestones.ts";
import type { Snapshot } from "../../src/progress/snapshot.ts";
import { assessed, calls, copy, done, read, threeTurns } from "./played.ts";

const called =
  (tool: string): Milestone["similarity"] =>
  ({ execution }: Snapshot) =>
    execution?.tool === tool && execution.outcome.ok ? 1 : 0;
const graph = {
  milestones: {
    copied: { similarity: called("cp") },
    read: { similarity: called("cat"), after: ["copied"] },
  },
  minefields: { removed: called("rm") },
};
const score = (messages: Parameters<typeof assessed>[1], of = graph) =>
  milestoneReward(of).score(assessed(threeTurns, messages)).value;

test("milestones reached in order count, and one mine is the end of it", () => {
  expect(score([copy, done, done, read, done])).toBe(1);
  expect(score([copy, done, done, done])).toBe(0.5);
  expect(score([done, done, done])).toBe(0);
  expect(score([copy, done, done, read, calls(["rm", { file_name: "b.txt" }]), done])).toBe(0);
});

test("a milestone that comes before the one it needs counts once", () => {
  expect(score([read, copy, done, done, done])).toBe(0.5);
  expect(score([read, copy, done, done, read, done])).toBe(1);
});

test("similarities are shares, and the best choice of moments is taken", () => {
  const near =
    (values: readonly number[]): Milestone["similarity"] =>
    ({ executions }) =>
      values[executions.length] ?? 0;
  const shares = {
    // Both best moments contradict the order: 0.9 at the second call comes before 0.8 at the first.
    milestones: {
      first: { similarity: near([0, 0.2, 0.9]) },
      second: { similarity: near([0, 0.8, 0.3]), after: ["first"] },
    },
  };
  expect(milestoneReward(shares).score(assessed(threeTurns, [copy, done, done, read, done])).value).toBeCloseTo(
    0.6,
    12,
  );
  const mined = { milestones: { copied: { similarity: called("cp") } }, minefields: { near: near([0, 0.25]) } };
  expect(milestoneReward(mined).score(assessed(threeTurns, [copy, done, done, done])).value).toBeCloseTo(0.75, 12);
});

test("a graph that makes no sense is the author's mistake", () => {
  const one = { similarity: () => 1 };
  expect(() => milestoneReward({ milestones: {} })).toThrow("at least one milestone");
  expect(() => milestoneReward({ milestones: { a: { ...one, after: ["b"] } } })).toThrow("'a' comes after 'b'");
  const circle = { a: { ...one, after: ["b"] }, b: { ...one, after: ["a"] } };
  expect(() => milestoneReward({ milestones: circle })).toThrow("in a circle: a <- b <- a");
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`m${index}`, one]));
  expect(() => milestoneReward({ milestones: many })).toThrow("too many");
  const wrong = milestoneReward({ milestones: { a: { similarity: () => 2 } } });
  expect(() => wrong.score(assessed(threeTurns, [done, done, done]))).toThrow("'a' has a similarity of 2");
});
