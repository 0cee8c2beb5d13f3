import { describe, expect, test } from "vitest";
import type { HintLibrary } from "../../../src/feedback/feedback.ts";
import { grade, profiles, replayGroundTruth } from "../../../src/index.ts";
import { checkTask } from "../../../src/task/check.ts";
import { findLawBreaks } from "../../../src/testing/index.ts";
import { planted } from "./planted/index.ts";

test.each(["tuning", "reporting", "fresh"])("half of those that are '%s' are bad, six and six", (half) => {
  const ofHalf = Object.values(planted).filter((one) => one.half === half);
  const bad = ofHalf.filter(({ expected }) => expected.length > 0);
  expect([bad.length, ofHalf.length - bad.length]).toEqual([6, 6]);
});

describe.each(Object.entries(planted))("%s", (_, { laws, make }) => {
  const { tasks, heldOut, environmentOf, hints } = make();
  const all = [...tasks, ...heldOut];

  test.runIf(laws)("obeys the laws: what is wrong is nothing that they can find", () => {
    const [name] = all[0]!.environments;
    const environment = environmentOf([name!]).parts[name!]!;
    const options = { ...laws!, hints: (hints as HintLibrary)[name!]!, runs: 100, maxCalls: 30 };
    expect(findLawBreaks(environment, options).breaks.map(({ law, tool, message }) => [law, tool, message])).toEqual(
      [],
    );
  });

  test("has tasks that load, and pass by their ground truths", () => {
    for (const task of all) {
      expect(checkTask(task, environmentOf), task.id).toEqual({ problems: [], warnings: [] });
      const truth = replayGroundTruth(task, environmentOf(task.environments));
      const trajectory = task.turns.map(({ groundTruth }) => groundTruth.map((call) => [call]));
      expect(grade(truth, trajectory, profiles.strict).valid, task.id).toBe(true);
    }
  });

  test("tests on other families than it is learnt from, the same ones each time", () => {
    const families = new Set(tasks.map(({ family }) => family));
    expect(heldOut.filter(({ family }) => families.has(family))).toEqual([]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const again = make();
    expect([...again.tasks, ...again.heldOut]).toEqual(all);
  });
});
