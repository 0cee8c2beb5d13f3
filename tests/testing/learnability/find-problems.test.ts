import { expect, test } from "vitest";
import type { ArmName } from "../../../src/testing/learnability/arms.ts";
import { findProblems } from "../../../src/testing/learnability/find-problems.ts";
import { hintEffects } from "../../../src/testing/learnability/hint-effects.ts";
import type { Training } from "../../../src/testing/learnability/train.ts";
import type { TriedHint } from "../../../src/testing/learnability/try-hints.ts";

const marks = (progress: number, reward = progress) => ({ progress, passed: progress / 2, reward });
const choices = (made: number, repaired: number) => ({ made, repaired });

interface Course {
  readonly before?: number;
  readonly test?: number;
  readonly hinted?: number;
  readonly train?: number;
  readonly reward?: number;
  readonly flat?: number;
  readonly repaired?: readonly [followed: number, others: number];
}

/** Five trainings, or fewer, that come out alike but for a little. */
function trainings(course: Course, seeds: number): Training[] {
  const { before = 0.1, test: after = 0.5, hinted = after, train = 0.5, flat = 20, repaired = [40, 20] } = course;
  return [0, 0.01, -0.01, 0.02, -0.02].slice(0, seeds).map((shift) => ({
    ...{ before: marks(before + shift), test: marks(after + shift), testHinted: marks(hinted + shift) },
    ...{ trainBefore: marks(before), train: marks(train + shift, course.reward ?? train + shift) },
    ...{ curve: [], groups: 100, flatGroups: flat },
    following: { followed: choices(100, repaired[0]), others: choices(100, repaired[1]) },
  }));
}

/** As many failed calls in each of twelve families, of which this share was mended by each reader. */
function tried(obeyed: number, ignored: number, parts: Partial<TriedHint> = {}): TriedHint[] {
  return Array.from({ length: 120 }, (_, index) => {
    const share = (index % 10) / 10 + 0.05;
    return {
      family: `family ${index % 12}`,
      obeyed: share < obeyed ? 1 : 0,
      ignored: share < ignored ? 1 : 0,
      ...parts,
    };
  });
}

interface Measured {
  readonly witness?: number;
  readonly floor?: number;
  readonly told?: number;
  readonly guessed?: number;
  readonly flatAtRandom?: number;
  readonly tried?: readonly TriedHint[];
  readonly seeds?: number;
}

function kinds(courses: Partial<Record<ArmName, Course>>, measured: Measured = {}) {
  const { seeds = 5 } = measured;
  const { witness = 1, floor = 0.2, told = 1, guessed = 0, flatAtRandom = 1, tried: hints = [] } = measured;
  const found = findProblems({
    trainings: new Map(Object.entries(courses).map(([arm, course]) => [arm as ArmName, trainings(course, seeds)])),
    witness: { policy: "ground-truth", progress: witness, reward: witness },
    floors: [{ policy: "do-nothing", reward: floor, progress: floor }],
    ...{ told, guessed, flatAtRandom, hintEffects: hintEffects(hints) },
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
  ["hint-dependence", { guide: { hinted: 0.8 } }],
])("%s", (kind, courses) => {
  expect(kinds(courses)).toContain(kind);
});

test("one training says nothing of what hints do, and four are too few to call them lies", () => {
  expect(kinds({ shuffled: {}, guide: { test: 0.8, train: 0.8 } }, { seeds: 1 })).toEqual([]);
  const worse = { shuffled: { test: 0.5 }, guide: { test: 0.4, repaired: [20, 20] } } as const;
  expect(kinds(worse, { seeds: 4 })).toEqual(["(hints-without-effect)"]);
  expect(kinds(worse, { seeds: 5 })).toEqual(["lying-hints"]);
});

test("hints that are worth following do not lie, though a policy that got used to them misses them", () => {
  expect(kinds({ shuffled: { test: 0.5 }, guide: { test: 0.4, repaired: [40, 20] } })).not.toContain("lying-hints");
});

test("a policy that knows nothing and earns what the ground truth earns: the reward can be gamed", () => {
  expect(kinds({ off: {} }, { floor: 0.9 })).toEqual(["gameable-reward"]);
});

test("a ground truth that does not pass is told of before anything else", () => {
  expect(kinds({ off: {} }, { witness: 0.5 })).toEqual(["unlearnable"]);
});

test("where right calls need what nobody told, that is the problem, and no vanishing signal", () => {
  expect(kinds({ off: { test: 0.1, train: 0.1, flat: 100 } }, { told: 0.1 })).toEqual(["unlearnable"]);
});

test("a signal that vanishes is not called unlearnable too", () => {
  expect(kinds({ off: { test: 0.1, train: 0.1, flat: 97 } })).toEqual(["vanishing-signal"]);
});

test("hints lie where fewer calls are mended by who does as they say", () => {
  const some = { off: {} };
  expect(kinds(some, { tried: tried(0.2, 0.4) })).toEqual(["lying-hints"]);
  expect(kinds(some, { tried: tried(0.4, 0.4) })).toEqual([]);
  expect(kinds(some, { tried: tried(0.4, 0.1) })).toEqual([]);
});

test("a value that leads astray is a lie, though the tools named with it help", () => {
  expect(kinds({ off: {} }, { tried: tried(0.4, 0.1, { withoutValues: 1 }) })).toEqual(["lying-hints"]);
  expect(kinds({ off: {} }, { tried: tried(0.4, 0.1, { withoutValues: 0 }) })).toEqual([]);
});

test("a tool that is named in the place of another is a lie", () => {
  expect(kinds({ off: {} }, { tried: tried(0, 0, { otherTools: 1 }) })).toEqual(["lying-hints"]);
});

test("hints that few families met are not judged", () => {
  expect(kinds({ off: {} }, { tried: tried(0, 1) })).toEqual(["lying-hints"]);
  expect(kinds({ off: {} }, { tried: tried(0, 1).filter(({ family }) => family < "family 3") })).toEqual([]);
});

test("hints that mend do not lie, however the training came out", () => {
  const worse = { shuffled: { test: 0.5 }, guide: { test: 0.4, repaired: [20, 20] } } as const;
  expect(kinds(worse, { tried: tried(0.6, 0.2) })).not.toContain("lying-hints");
});

test("a signal that a random start finds is told of, as no defect", () => {
  expect(kinds({ off: { test: 0.1, train: 0.1, flat: 97 } }, { flatAtRandom: 0.5 })).toEqual(["(vanishing-signal)"]);
});

test("what was learned and is no more than to guess is unlearnable, unless guessing does most of it", () => {
  expect(kinds({ off: { test: 0.39, train: 0.4 } }, { guessed: 0.36 })).toEqual(["unlearnable"]);
  expect(kinds({ off: { test: 0.39, train: 0.4 } }, { guessed: 0.2 })).toEqual([]);
  expect(kinds({ off: { test: 0.62, train: 0.6 } }, { guessed: 0.66 })).toEqual([]);
});
