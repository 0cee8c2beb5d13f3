import { describe, expect, test } from "vitest";
import { advanceCurriculum } from "../../src/curriculum/advance-curriculum.ts";
import { startCurriculum } from "../../src/curriculum/curriculum-state.ts";
import type { ValidationFigures } from "../../src/curriculum/history.ts";
import { curriculumOf, logOf, played, stage, step, validated } from "./reports.ts";

const plateau = (more: object = {}) =>
  stage("flat", {
    transition: {
      when: "plateau",
      plateau: { window: 2, minimumGain: 0.05, patience: 3 },
      minimumSteps: 0,
      maximumSteps: 30,
      ...more,
    },
  });
const unwatched = { gradientNorm: false, accuracy: false, formatErrors: false, entropy: false, action: "flag" };
/** Reports of steps 1 onward with these accuracies. */
const course = (accuracies: readonly number[], training: object = {}) =>
  accuracies.map((accuracy, index) => step(index + 1, accuracy, training));

describe("a stage is over", () => {
  test("after its fixed steps, whatever is measured", () => {
    const state = played(
      curriculumOf([stage("one"), stage("two")]),
      Array.from({ length: 10 }, (_, i) => step(i + 1, undefined)),
    );
    expect(logOf(state)).toEqual(["5 advance fixedSteps", "10 finish fixedSteps"]);
    expect(state).toMatchObject({ status: "finished", step: 10 });
  });

  test("when the moving mean has not gained for so many validations in a row", () => {
    // Means of two: .1 (first), .15 (gain), .19, .2 (gain against .15), .2, .2, .2
    const state = played(curriculumOf([plateau()]), course([0.1, 0.1, 0.2, 0.18, 0.22, 0.18, 0.22, 0.18]));
    expect(logOf(state)).toEqual(["8 finish plateau"]);
    expect(state.decisions.at(-1)!.numbers).toMatchObject({
      steps: 8,
      withoutGain: 3,
      patience: 3,
      bestAccuracy: 0.22,
      bestStep: 5,
    });
  });

  test("and not while a slow rise adds up to a gain within the patience", () => {
    const accuracies = Array.from({ length: 20 }, (_, index) => 0.1 + 0.03 * index);
    expect(logOf(played(curriculumOf([plateau()]), course(accuracies)))).toEqual([]);
  });

  test("not before the minimum of steps, and at the maximum in any case", () => {
    const late = curriculumOf([plateau({ minimumSteps: 12 })]);
    expect(logOf(played(late, course(Array(12).fill(0.1))))).toEqual(["12 finish plateau"]);
    const rising = Array.from({ length: 10 }, (_, index) => index / 10);
    expect(logOf(played(curriculumOf([plateau({ maximumSteps: 10 })]), course(rising)))).toEqual([
      "10 finish maximumSteps",
    ]);
  });

  test("only once the gradient norm is stable too", () => {
    const curriculum = curriculumOf([plateau({ stableGradient: { window: 4, mostRatio: 1.5 } })], unwatched);
    const norms = [0.4, 0.4, 0.9, 0.4, 0.4, 0.4, 0.4, 0.4];
    const reports = norms.map((gradientNorm, index) => step(index + 1, 0.2, { gradientNorm }));
    const state = played(curriculum, reports.slice(0, 7));
    expect(logOf(state)).toEqual(["7 finish plateau"]);
    expect(state.decisions.at(-1)!.numbers).toMatchObject({ gradientRatio: 1, withoutGain: 5 });
    const broken = reports.map((report) => ({ ...report, training: { ...report.training, gradientNorm: NaN } }));
    expect(logOf(played(curriculum, broken))).toEqual([]);
  });

  test("by the reward where the rule says so", () => {
    const byReward = plateau({ plateau: { measure: "reward", window: 1, minimumGain: 0.1, patience: 2 } });
    const reports = [1, 2, 2, 2].map((reward, index) => ({
      ...step(index + 1, 0),
      validation: validated(0.1, { progress: reward / 2 }),
    }));
    expect(logOf(played(curriculumOf([byReward], unwatched), reports))).toEqual(["4 finish plateau"]);
    expect(() => played(curriculumOf([byReward]), [step(1, 0.1)])).toThrow(
      /stage 'flat' has a rule that reads the validation's reward 'progress'.*step 1 lacks/,
    );
  });
});

describe("a strong model", () => {
  const stages = [stage("one", { skip: { least: 0.3 } }), stage("two", { skip: { least: 0.5 } }), stage("three")];

  test("leaves out every stage that its first validation is above", () => {
    const curriculum = curriculumOf(stages);
    const { state, decisions } = advanceCurriculum(curriculum, startCurriculum(curriculum, 0), {
      step: 0,
      validation: validated(0.6),
    });
    expect(logOf(state)).toEqual(["0 skip accuracy", "0 skip accuracy"]);
    expect(decisions[1]).toEqual({
      step: 0,
      stage: "two",
      kind: "skip",
      rule: "accuracy",
      to: "three",
      numbers: { first: 0.6, least: 0.5 },
    });
    expect(state.stage).toBe(2);
  });

  test("stays where it is below, and later validations skip nothing", () => {
    const state = played(curriculumOf(stages), [{ step: 0, validation: validated(0.2) }, step(1, 0.9), step(2, 0.9)]);
    expect(logOf(state)).toEqual([]);
  });

  test("the validation that ends a stage is the first of the next", () => {
    const state = played(curriculumOf(stages), [
      { step: 0, validation: validated(0.2) },
      ...course([0.2, 0.3, 0.4, 0.5, 0.55]),
    ]);
    expect(logOf(state)).toEqual(["5 advance fixedSteps", "5 skip accuracy"]);
  });

  test("finishes where every stage is left out", () => {
    const state = played(curriculumOf([stage("one", { skip: { least: 0.3 } })]), [
      { step: 0, validation: validated(0.3) },
    ]);
    expect(state.status).toBe("finished");
  });
});

describe("reports", () => {
  const curriculum = curriculumOf([stage("one")]);
  const start = startCurriculum(curriculum, 0);

  test("of the test are refused, by type and when run", () => {
    // @ts-expect-error figures of the test are no validation figures
    const figures: ValidationFigures = { part: "test", tasks: 400, accuracy: 0.4 };
    expect(() => advanceCurriculum(curriculum, start, { step: 0, validation: figures })).toThrow(
      /step 0 in stage 'one': its validation was measured on the test part; .*measure on split\.validation/,
    );
  });

  test.each([
    ["a step left out", [step(2, 0.1)], /step 2 .*0 steps are known, so the next is 1/],
    ["a step twice", [step(1, 0.1), step(1, 0.1)], /1 steps are known, so the next is 2/],
    ["a validation twice", [step(1, 0.1), { step: 1, validation: validated(0.1) }], /has been validated already/],
    ["nothing", [{ step: 0 }], /has no figures/],
    ["a percentage", [step(1, 41)], /validation\.accuracy: .*<=1; got number 41/],
    [
      "a figure that the monitor misses",
      [step(1, 0.1, { entropy: undefined })],
      /lacks entropy, .*set collapse\.entropy to false/,
    ],
    ["a figure of another name", [step(1, 0.1, { gradNorm: 1 })], /training\.gradNorm: no such field/],
    ["one after the end", [...course([0.1, 0.1, 0.1, 0.1, 0.1]), step(6, 0.1)], /the curriculum has finished/],
  ])("%s", (_, reports, message) => {
    expect(() => played(curriculum, reports)).toThrow(message);
  });

  test("leave the state they were given as it was", () => {
    const before = JSON.stringify(start);
    played(curriculum, course([0.1, 0.2]), start);
    expect(JSON.stringify(start)).toBe(before);
  });

  test("keep the tasks' statistics for as long as the stage lasts", () => {
    const two = curriculumOf([stage("one", { transition: { when: "fixedSteps", steps: 2 } }), stage("two")]);
    const rollouts = [
      { task: "a", reward: 1 },
      { task: "a", reward: 0 },
    ];
    const first = played(two, [{ step: 1, training: { gradientNorm: 0.4, entropy: 1, formatErrors: 0 }, rollouts }]);
    expect(first.statistics).toEqual({ a: { count: 2, mean: 0.5, variance: 0.25 } });
    expect(first.history.training[0]!.reward).toBe(0.5);
    expect(played(two, [{ ...step(2, 0.1), rollouts }], first).statistics).toEqual({});
  });
});
