import { describe, expect, test } from "vitest";
import { nextBatch, startCurriculum } from "../../src/curriculum/curriculum-state.ts";
import { drawBatch } from "../../src/curriculum/draw-batch.ts";
import { withoutZeroVariance } from "../../src/curriculum/group-filter.ts";
import { paperCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import type { Sampling } from "../../src/curriculum/stage.ts";
import { stageTasks } from "../../src/curriculum/stage-tasks.ts";
import { isInBand, withRewards } from "../../src/curriculum/task-statistics.ts";
import { validationFigures } from "../../src/curriculum/validation-figures.ts";
import { split } from "../../src/task/split.ts";
import { categories, Task } from "../../src/task/task.ts";
import { noteTask } from "../task/notes-environment.ts";
import { curriculumOf, stage } from "./reports.ts";

const write = { tool: "write", args: { line: "x" } };
/** Family `index` has 1 to 5 turns and 1 to 7 calls in each. */
const turnsOf = (index: number) =>
  Array.from({ length: 1 + (index % 5) }, () => ({ user: "Write.", groundTruth: Array(1 + (index % 7)).fill(write) }));
const tasks = categories.flatMap((category) =>
  Array.from({ length: 200 }, (_, index) =>
    Task.parse(noteTask({ id: `${category}_${index}`, family: `bfcl_${index}`, category, turns: turnsOf(index) })),
  ),
);
const division = split(tasks, { by: "family", seed: 0 });
const callsOf = (task: Task) => task.turns.flatMap(({ groundTruth }) => groundTruth).length;
const ids = (list: readonly Task[]) => list.map(({ id }) => id);
const [syntax, base, all] = paperCurriculum().stages as [any, any, any];

describe("the tasks of a stage", () => {
  test("are of the train part and pass its filter", () => {
    expect(stageTasks(all, division, 0)).toEqual(division.train);
    expect(ids(stageTasks(base, division, 0))).toEqual(
      ids(division.train.filter(({ category }) => category === "base")),
    );
    const halves = split(tasks, { by: "paper", seed: 0 });
    expect([syntax, base, all].map((each) => stageTasks(each, halves, 0).length)).toEqual([75, 100, 400]);
  });

  test("are the easiest where there is a most: none that is left out has fewer calls", () => {
    const few = stageTasks({ name: "few", data: { most: 30 } }, division, 0);
    const left = division.train.filter((task) => !few.includes(task));
    expect(few).toHaveLength(30);
    expect(Math.max(...few.map(callsOf))).toBeLessThanOrEqual(Math.min(...left.map(callsOf)));
    expect(few).not.toEqual(stageTasks({ name: "few", data: { most: 30 } }, division, 1));
    const reversed = { ...division, train: [...division.train].reverse() };
    expect(ids(stageTasks({ name: "few", data: { most: 30 } }, reversed, 0)).sort()).toEqual(ids(few).sort());
  });

  test("are never none", () => {
    expect(() => stageTasks({ name: "far", data: { environments: ["chess"] } }, division, 0)).toThrow(
      /stage 'far': none of the 320 train tasks passes its data filter; widen/,
    );
  });
});

describe("batches", () => {
  const some = division.train.slice(0, 40);
  const draw = (sampling: Sampling, step: number, more: object = {}) =>
    drawBatch(some, { sampling, count: 8, seed: 5, step, ...more });
  const uniform = { by: "uniform" } as const;

  test("uniform: every task once before any comes again", () => {
    const round = [0, 1, 2, 3, 4].flatMap((step) => ids(draw(uniform, step)));
    expect(new Set(round).size).toBe(40);
    expect(round).not.toEqual([5, 6, 7, 8, 9].flatMap((step) => ids(draw(uniform, step))));
  });

  test("depend on seed, step and tasks, not on the order of the tasks", () => {
    const batch = ids(draw(uniform, 3));
    expect(ids(drawBatch([...some].reverse(), { sampling: uniform, count: 8, seed: 5, step: 3 }))).toEqual(batch);
    expect(ids(drawBatch(some, { sampling: uniform, count: 8, seed: 6, step: 3 }))).not.toEqual(batch);
  });

  test("balanced: as many of each category, though one has most of the tasks", () => {
    const lopsided = [
      ...division.train.filter(({ category }) => category === "base"),
      ...division.train.filter(({ category }) => category === "miss_func").slice(0, 5),
    ];
    const drawn = [0, 1, 2, 3].flatMap((step) =>
      drawBatch(lopsided, { sampling: { by: "balanced", over: "category" }, count: 10, seed: 0, step }),
    );
    expect(drawn.filter(({ category }) => category === "base")).toHaveLength(20);
    const rare = drawn.filter(({ category }) => category === "miss_func");
    expect(new Set(ids(rare)).size).toBe(5);
    expect(new Set(ids(drawn.filter(({ category }) => category === "base"))).size).toBe(20);
  });

  test("boundary: prefers the band and what was not seen yet", () => {
    const sampling = {
      by: "boundary",
      band: { low: 0.2, high: 0.8 },
      weights: { inBand: 1, unseen: 1, outside: 0.05 },
    } as const;
    const reward = (index: number) => (index < 10 ? 0.5 : 1);
    const seen = some.slice(0, 30).map(({ id }, index) => ({ task: id, reward: reward(index) }));
    const statistics = withRewards({}, seen);
    const drawn = Array.from({ length: 25 }, (_, step) => ids(draw(sampling, step, { statistics }))).flat();
    const share = (from: number, to: number) =>
      drawn.filter((id) => ids(some.slice(from, to)).includes(id)).length / drawn.length;
    expect(share(0, 10)).toBeGreaterThan(0.35);
    expect(share(30, 40)).toBeGreaterThan(0.35);
    expect(share(10, 30)).toBeLessThan(0.2);
    expect(new Set(ids(draw(sampling, 0, { statistics }))).size).toBe(8);
  });

  test("a refill brings other tasks, and leaves the next batch as it was", () => {
    const curriculum = curriculumOf([stage("one", { batch: { tasks: 8, groupSize: 4 } })]);
    const state = startCurriculum(curriculum, 5);
    const batch = ids(nextBatch(curriculum, state, division));
    const refill = ids(nextBatch(curriculum, state, division, { count: 3, except: batch }));
    expect(batch).toHaveLength(8);
    expect(refill).toHaveLength(3);
    expect(refill.filter((id) => batch.includes(id))).toEqual([]);
    const later = ids(nextBatch(curriculum, { ...state, step: 1 }, division));
    expect(later.filter((id) => batch.includes(id))).toEqual([]);
    expect(ids(nextBatch(curriculum, { ...state, step: 1 }, division))).toEqual(later);
  });

  test("more places than tasks fill up with a further round", () => {
    const three = some.slice(0, 3);
    for (const sampling of [
      uniform,
      { by: "balanced", over: "family" },
      { by: "boundary", band: { low: 0, high: 1 }, weights: { inBand: 1, unseen: 1, outside: 1 } },
    ] as const)
      expect(new Set(ids(drawBatch(three, { sampling, count: 6, seed: 0, step: 0 })).slice(0, 3)).size).toBe(3);
  });
});

describe("statistics of a task", () => {
  test("are count, mean and variance", () => {
    const { a, b } = withRewards(
      {},
      [1, 0, 0.5, 0.5].map((reward) => ({ task: "a", reward })).concat({ task: "b", reward: 1 }),
    );
    expect(a).toEqual({ count: 4, mean: 0.5, variance: 0.125 });
    expect(b).toEqual({ count: 1, mean: 1, variance: 0 });
    expect([isInBand(a!, { low: 0.2, high: 0.8 }), isInBand(b!, { low: 0.2, high: 0.8 })]).toEqual([true, false]);
  });

  test("follow a policy that has changed", () => {
    const rewards = (reward: number, count: number) => Array(count).fill({ task: "a", reward });
    const { a } = withRewards({}, [...rewards(0, 200), ...rewards(1, 200)]);
    expect(a!.mean).toBeGreaterThan(0.9);
    expect(() => withRewards({}, rewards(NaN, 1))).toThrow(/rollout of 'a' is NaN/);
  });

  test("of a task named like a method of objects are its own", () => {
    expect(withRewards({}, [{ task: "constructor", reward: 1 }]).constructor).toEqual({
      count: 1,
      mean: 1,
      variance: 0,
    });
  });
});

test("groups that all earned the same are left out and counted for a refill", () => {
  const groups = [
    { task: "a", rewards: [1, 1, 1] },
    { task: "b", rewards: [0, 1, 0] },
    { task: "c", rewards: [0.1 + 0.2, 0.3, 0.3] },
  ];
  const { kept, dropped, refill } = withoutZeroVariance(groups, 3);
  expect([kept.map(({ task }) => task), dropped.map(({ task }) => task), refill]).toEqual([["b"], ["a", "c"], 2]);
});

describe("validation figures", () => {
  const outcome = (task: string, isSolved: boolean, progress: number) => ({ task, isSolved, rewards: { progress } });
  const [first, second] = ids(division.validation) as [string, string];

  test("are means over the validation part", () => {
    expect(validationFigures(division, [outcome(first, true, 1), outcome(second, false, 0.5)])).toEqual({
      part: "validation",
      tasks: 2,
      accuracy: 0.5,
      rewards: { progress: 0.75 },
    });
  });

  test("are refused of any other task", () => {
    const test_ = division.test[0]!.id;
    expect(() => validationFigures(division, [outcome(test_, true, 1)])).toThrow(
      `'${test_}' is a test task; transitions read validation tasks only`,
    );
    expect(() => validationFigures(division, [outcome(division.train[0]!.id, true, 1)])).toThrow(/is a train task/);
    expect(() => validationFigures(division, [outcome("nowhere", true, 1)])).toThrow(/is in no part of the split/);
    expect(() => validationFigures(split(tasks, { by: "paper" }), [])).toThrow(/no validation tasks.*by: "family"/);
  });
});
