import { expect, test } from "vitest";
import { armCurriculum } from "../../../src/testing/learnability/arm-curriculum.ts";
import { arms } from "../../../src/testing/learnability/arms.ts";

const size = { updates: 32, tasksPerUpdate: 4, groupSize: 8 };

test("the arm's hints stand where the paper's stages have hints, and all updates are given out", () => {
  const { stages } = armCurriculum(arms.direct, size, true);
  expect(stages.map(({ hints }) => hints)).toEqual(["off", "direct", "direct", "off"]);
  expect(stages.map(({ reward }) => reward)).toEqual(["syntax", "progress", "progress", "progress"]);
  expect(stages.map(({ transition }) => transition)).toEqual(
    [4, 8, 12, 8].map((steps) => ({ when: "fixedSteps", steps })),
  );
  expect(armCurriculum(arms.off, size, true).stages.map(({ hints }) => hints)).toEqual(["off", "off", "off", "off"]);
});

test("nothing ends a training before its time: every arm has as many episodes", () => {
  for (const arm of Object.values(arms)) expect(armCurriculum(arm, size, true).collapse.action).toBe("flag");
});

test("one stage has as many updates; the binary reward takes the place of progress", () => {
  const [stage, ...more] = armCurriculum(arms["off-one-stage"], size, true).stages;
  expect(more).toEqual([]);
  expect(stage).toMatchObject({ reward: "progress", hints: "off", transition: { steps: 32 } });
  const binary = armCurriculum(arms["guide-binary"], size, true).stages.map(({ reward }) => reward);
  expect(binary).toEqual(["syntax", "binary", "binary", "binary"]);
});

test("without tasks of Base no stage asks for them; stages that get no update are left out", () => {
  expect(armCurriculum(arms.guide, size, false).stages.every(({ data }) => !data.categories)).toBe(true);
  expect(armCurriculum(arms.guide, { ...size, updates: 2 }, true).stages.length).toBeLessThan(4);
});
