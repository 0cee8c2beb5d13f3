import { expect, test } from "vitest";
import type { ArmName } from "../../../src/testing/learnability/arms.ts";
import { findProblems } from "../../../src/testing/learnability/find-problems.ts";
import type { Training } from "../../../src/testing/learnability/train.ts";

const marks = (progress: number, reward = progress) => ({ progress, passed: progress / 2, reward });
const choices = (made: number, repaired: number) => ({ made, repaired, achieved: 0 });

interface Course {
  readonly before?: number;
  readonly test?: number;
  readonly hinted?: number;
  readonly train?: number;
  readonly reward?: number;
  readonly flat?: number;
  readonly repaired?: readonly [followed: number, others: number];
}

/** Three trainings that come out alike but for a little. */
function trainings(course: Course): Training[] {
  const { before = 0.1, test: after = 0.5, hinted = after, train = 0.5, flat = 20, repaired = [40, 20] } = course;
  return [0, 0.01, -0.01].map((shift) => ({
    ...{ before: marks(before + shift), test: marks(after + shift), testHinted: marks(hinted + shift) },
    ...{ trainBefore: marks(before), train: marks(train + shift, course.reward ?? train + shift) },
    ...{ curve: [], groups: 100, flatGroups: flat },
    following: { followed: choices(100, repaired[0]), others: choices(100, repaired[1]) },
  }));
}

function kinds(courses: Partial<Record<ArmName, Course>>, witness = 1, floor = 0.2, told = 1) {
  const found = findProblems({
    trainings: new Map(Object.entries(courses).map(([arm, course]) => [arm as ArmName, trainings(course)])),
    witness: { policy: "ground-truth", progress: witness, reward: witness },
    floors: [{ policy: "do-nothing", reward: floor, progress: floor }],
    told,
  });
  for (const { evidence } of found) expect(evidence).toMatch(/\d/);
  return found.map(({ kind, information }) => (information ? `(${kind})` : kind));
}

test("an environment that teaches has no problem", () => {
  expect(kinds({ off: {}, shuffled: {}, guide: { test: 0.6, train: 0.6 } })).toEqual([]);
});

test("hints that make no difference are told of, as no defect", () => {
  expect(kinds({ off: {}, shuffled: {}, guide: {} })).toEqual(["(hints-without-effect)"]);
});

test.each<[string, Partial<Record<ArmName, Course>>]>([
  ["unlearnable", { off: { test: 0.1, train: 0.12 } }],
  ["vanishing-signal", { off: { test: 0.1, train: 0.1, flat: 97 } }],
  ["saturated", { off: { before: 0.95, test: 0.96, train: 0.97 } }],
  ["does-not-transfer", { off: { test: 0.12, train: 0.6 } }],
  ["gameable-reward", { off: { test: 0.12, train: 0.13, reward: 0.9 } }],
  ["lying-hints", { shuffled: { test: 0.5 }, guide: { test: 0.4, repaired: [20, 20] } }],
  ["lying-hints", { guide: { repaired: [5, 30] } }],
  ["hint-dependence", { guide: { hinted: 0.8 } }],
])("%s", (kind, courses) => {
  expect(kinds(courses)).toContain(kind);
});

test("hints that are worth following do not lie, though a policy that got used to them misses them", () => {
  expect(kinds({ shuffled: { test: 0.5 }, guide: { test: 0.4, repaired: [40, 20] } })).not.toContain("lying-hints");
});

test("a policy that knows nothing and earns what the ground truth earns: the reward can be gamed", () => {
  expect(kinds({ off: {} }, 1, 0.9)).toEqual(["gameable-reward"]);
});

test("a ground truth that does not pass is told of before anything else", () => {
  expect(kinds({ off: {} }, 0.5)).toEqual(["unlearnable"]);
});

test("where right calls need what nobody told, that is the problem, and no vanishing signal", () => {
  expect(kinds({ off: { test: 0.1, train: 0.1, flat: 100 } }, 1, 0.2, 0.1)).toEqual(["unlearnable"]);
});

test("a signal that vanishes is not called unlearnable too", () => {
  expect(kinds({ off: { test: 0.1, train: 0.1, flat: 97 } })).toEqual(["vanishing-signal"]);
});
