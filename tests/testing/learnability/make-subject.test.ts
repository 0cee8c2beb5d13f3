import { expect, test } from "vitest";
import { defineRequests } from "../../../src/generate/define-requests.ts";
import { generatedSubject, givenSubject } from "../../../src/testing/learnability/make-subject.ts";
import { cellar, cellarConfigs, cellarHints, cellarRequests } from "./cellar.ts";

const parts = { hints: cellarHints, configs: cellarConfigs, requests: [cellarRequests], count: 12, heldOut: 6 };

test("generated tasks: one a family, some with the means left out, on both sides of the split", () => {
  const { tasks, heldOut } = generatedSubject(parts);
  expect([tasks.length, heldOut.length]).toEqual([12, 6]);
  expect(new Set([...tasks, ...heldOut].map(({ family }) => family)).size).toBe(18);
  const isCurt = ({ turns }: (typeof tasks)[number]) =>
    turns.some(({ user, groundTruth }) => groundTruth.some(({ tool }) => tool === "openDoor") && !/door/i.test(user));
  expect(tasks.some(isCurt)).toBe(true);
  expect(heldOut.some(isCurt)).toBe(true);
  expect(
    generatedSubject({ ...parts, endsAlone: 0 })
      .tasks.filter(({ category }) => category === "base")
      .some(isCurt),
  ).toBe(false);
});

test("tasks of one's own are split by family, unless the split is given", () => {
  const { tasks } = generatedSubject(parts);
  const split = givenSubject({ hints: cellarHints, tasks });
  expect([split.tasks.length, split.heldOut.length]).toEqual([8, 4]);
  expect(() => givenSubject({ hints: cellarHints, tasks, heldOut: tasks })).toThrow(
    /family .* is learned from and tested on/,
  );
  expect(() => givenSubject({ hints: cellarHints, tasks: tasks.slice(0, 1) })).toThrow(
    "tasks of two families at least",
  );
});

test("an environment of which nothing can be composed is refused, with the reasons", () => {
  // Nothing works behind a closed door, and no task may open it.
  const requests = [defineRequests(cellar, { tools: { openDoor: { unused: true } } })];
  expect(() => generatedSubject({ ...parts, requests })).toThrow(/needs tasks of two families at least/);
});
