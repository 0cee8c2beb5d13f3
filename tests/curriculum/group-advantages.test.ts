import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { groupAdvantages, rewardDeviation } from "../../src/curriculum/group-advantages.ts";

const reward = fc.integer({ min: -400, max: 400 }).map((quarters) => quarters / 4);
const group = fc.array(reward, { minLength: 2, maxLength: 16 });

test("an advantage is the reward minus the mean", () => {
  expect(groupAdvantages([1, 0, 0, 1, 0.5], { divideByDeviation: false })).toEqual([0.5, -0.5, -0.5, 0.5, 0]);
});

test("divided by the sample deviation: of 0, 0, 1, 1 it is the root of a third", () => {
  expect(rewardDeviation([0, 0, 1, 1])).toBeCloseTo(Math.sqrt(1 / 3), 12);
  const [low, , high] = groupAdvantages([0, 0, 1, 1], { divideByDeviation: true });
  expect(low).toBeCloseTo(-0.866025, 5);
  expect(high).toBeCloseTo(0.866025, 5);
});

test("a group that earned the same throughout has no advantages, divided or not", () => {
  expect(groupAdvantages([0.7, 0.7, 0.7], { divideByDeviation: false }).every((each) => Math.abs(each) < 1e-12)).toBe(
    true,
  );
  expect(groupAdvantages([2, 2], { divideByDeviation: true })).toEqual([0, 0]);
});

test.for([[], [1]].map((rewards) => ({ rewards })))("$rewards are too few", ({ rewards }) => {
  expect(() => groupAdvantages(rewards, { divideByDeviation: false })).toThrow(
    `a group needs two rewards to have advantages, this one has ${rewards.length}; leave it out, or sample more`,
  );
});

test("a reward that is no number is named", () => {
  expect(() => groupAdvantages([0, Number.NaN], { divideByDeviation: true })).toThrow("reward 1 of a group is NaN");
  expect(() => rewardDeviation([Infinity, 0])).toThrow("reward 0 of a group is Infinity");
});

property.prop([group, fc.boolean()])("the advantages of a group sum to 0", (rewards, divideByDeviation) => {
  const total = groupAdvantages(rewards, { divideByDeviation }).reduce((sum, each) => sum + each, 0);
  expect(total).toBeCloseTo(0, 9);
});

property.prop([group, fc.integer({ min: 2, max: 50 }), reward])(
  "other units and another zero of the rewards leave divided advantages as they are",
  (rewards, scale, shift) => {
    const there = groupAdvantages(
      rewards.map((each) => each * scale + shift),
      { divideByDeviation: true },
    );
    for (const [index, here] of groupAdvantages(rewards, { divideByDeviation: true }).entries())
      expect(there[index]).toBeCloseTo(here, 4);
  },
);
