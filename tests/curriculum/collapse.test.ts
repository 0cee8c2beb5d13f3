import { describe, expect, test } from "vitest";
import { curriculumOf, logOf, played, stage, step } from "./reports.ts";

const long = (more: object = {}) => stage("long", { transition: { when: "fixedSteps", steps: 200 }, ...more });
const off = { gradientNorm: false, accuracy: false, formatErrors: false, entropy: false, rewardFloor: false };
const only = (signal: string, action: string, more: object = {}) => {
  const { [signal as keyof typeof off]: _, ...others } = off;
  return { ...others, signalsToAct: 1, action, ...more };
};
/** Steps 1 onward, each with these figures. */
const steps = (figures: readonly object[], accuracy?: number) =>
  figures.map((training, index) => step(index + 1, accuracy, training));
const repeat = (count: number, figures: object) => Array.from({ length: count }, () => figures);

describe("each signal comes up where its numbers say", () => {
  test("gradient norms that stay far above their own median", () => {
    const curriculum = curriculumOf([long()], only("gradientNorm", "stop"));
    const calm = repeat(12, { gradientNorm: 0.4 });
    const high = { gradientNorm: 1.1 };
    expect(logOf(played(curriculum, steps([...calm, high, high, { gradientNorm: 0.9 }, high])))).toEqual([]);
    const state = played(curriculum, steps([...calm, high, high, high]));
    expect(logOf(state)).toEqual(["15 flag gradientNorm", "15 stop gradientNorm"]);
    expect(state.decisions[1]!.numbers).toEqual({ latest: 1.1, median: 0.4, ratio: 2.5 });
  });

  test("gradient norms that are not finite, and a log that JSON can hold", () => {
    const curriculum = curriculumOf([long()], only("gradientNorm", "stop"));
    const state = played(curriculum, steps([...repeat(10, {}), ...repeat(3, { gradientNorm: Infinity })]));
    expect(logOf(state)).toEqual(["13 flag gradientNorm", "13 stop gradientNorm"]);
    expect(state.decisions[1]!.numbers.latest).toBeNull();
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test("accuracy that falls from its best", () => {
    const curriculum = curriculumOf([long()], only("accuracy", "stop"));
    const course = (accuracies: readonly number[]) => accuracies.map((accuracy, index) => step(index + 1, accuracy));
    // The mean of three is 0.133 at step 5, which is above 0.6 of 0.2, and 0.1 at step 9.
    const state = played(curriculum, course([0.2, 0.2, 0.2, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1]));
    expect(logOf(state)).toEqual(["9 flag accuracy", "9 stop accuracy"]);
    expect(logOf(played(curriculum, course([0.04, 0.04, 0.04, 0.02, 0.02, 0.02, 0.02])))).toEqual([]);
  });

  test("messages that can no longer be read", () => {
    const curriculum = curriculumOf([long()], only("formatErrors", "stop"));
    const rising = Array.from({ length: 30 }, (_, index) => ({ formatErrors: Math.max(0.02, (index - 10) / 20) }));
    expect(logOf(played(curriculum, steps(rising.slice(0, 18))))).toEqual([
      "18 flag formatErrors",
      "18 stop formatErrors",
    ]);
  });

  test("entropy that is gone", () => {
    const curriculum = curriculumOf([long()], only("entropy", "stop"));
    const halved = [...repeat(10, { entropy: 0.5 }), ...repeat(20, { entropy: 0.25 })];
    expect(logOf(played(curriculum, steps(halved)))).toEqual([]);
    const gone = [...repeat(10, { entropy: 0.5 }), ...repeat(5, { entropy: 0.1 })];
    expect(logOf(played(curriculum, steps(gone)))).toEqual(["15 flag entropy", "15 stop entropy"]);
  });

  test("rewards that are no more than the floor, after a while, where the stage names one", () => {
    const low = steps(repeat(20, { reward: 0.11 }));
    const monitor = only("rewardFloor", "stop");
    expect(logOf(played(curriculumOf([long({ floor: 0.12 })], monitor), low))).toEqual([
      "20 flag rewardFloor",
      "20 stop rewardFloor",
    ]);
    expect(logOf(played(curriculumOf([long({ floor: 0.1 })], monitor), low))).toEqual([]);
    expect(logOf(played(curriculumOf([long()], { ...monitor, action: "flag" }), low))).toEqual([]);
  });
});

describe("what is done", () => {
  const blowUp = [...repeat(20, { gradientNorm: 0.4 }), ...repeat(10, { gradientNorm: 2 })];
  const accuracyAt = (index: number) => (index < 20 ? 0.1 + 0.01 * Math.min(index, 15) : 0.05);
  const reports = blowUp.map((training, index) => step(index + 1, accuracyAt(index), training));

  test("nothing but a line in the log, once for each time it comes up", () => {
    expect(logOf(played(curriculumOf([long()], { action: "flag" }), reports))).toEqual([
      "22 flag accuracy",
      "23 flag gradientNorm",
    ]);
  });

  test("the run stops once two signals stand at once", () => {
    const state = played(curriculumOf([long()]), reports.slice(0, 23));
    expect(logOf(state)).toEqual(["22 flag accuracy", "23 flag gradientNorm", "23 stop gradientNorm and accuracy"]);
    expect(state.status).toBe("stopped");
  });

  test("the run goes back to its best validation, forgets what came after, and stops the next time but so many", () => {
    const curriculum = curriculumOf([long()], { action: "rollBack", mostRollBacks: 1 });
    const state = played(curriculum, reports.slice(0, 23));
    expect(state.decisions.at(-1)).toMatchObject({
      kind: "rollBack",
      toStep: 16,
      numbers: { bestAccuracy: 0.25, bestStep: 16 },
    });
    expect(state).toMatchObject({ status: "running", step: 23, rollBacks: 1, standing: [] });
    expect(state.history.training.map(({ step: at }) => at)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    );
    expect(state.history.validation.at(-1)!.step).toBe(16);
    const again = played(
      curriculum,
      [24, 25, 26].map((at) => step(at, 0.05, { gradientNorm: 2 })),
      state,
    );
    expect(again.status).toBe("stopped");
    expect(again.decisions.at(-1)!.kind).toBe("stop");
  });

  test("a collapsed model is on no plateau", () => {
    const transition = {
      when: "plateau",
      plateau: { window: 2, minimumGain: 0.01, patience: 8 },
      minimumSteps: 0,
      maximumSteps: 200,
    } as const;
    const collapsed = [
      ...reports,
      ...Array.from({ length: 10 }, (_, index) => step(31 + index, 0.05, { gradientNorm: 2 })),
    ];
    expect(
      logOf(played(curriculumOf([stage("flat", { transition })], { action: "flag" }), collapsed)).filter((line) =>
        /plateau/.test(line),
      ),
    ).toEqual([]);
  });
});
