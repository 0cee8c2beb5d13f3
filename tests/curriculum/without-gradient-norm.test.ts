import { expect, test } from "vitest";
import { advanceCurriculum } from "../../src/curriculum/advance-curriculum.ts";
import { startCurriculum } from "../../src/curriculum/curriculum-state.ts";
import { paperCurriculum, singleStageCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import { withoutGradientNorm } from "../../src/curriculum/without-gradient-norm.ts";
import { curriculumOf, stage, validated } from "./reports.ts";

const training = { entropy: 0.5, formatErrors: 0, reward: 0.3 };
const report = { step: 1, training, validation: validated(0.1) };

test("the paper's stages take reports without gradient norms, and it is said what no longer holds", () => {
  const paper = paperCurriculum();
  expect(() => advanceCurriculum(paper, startCurriculum(paper, 0), report)).toThrow("lacks gradientNorm");
  const { curriculum, changes } = withoutGradientNorm(paper);
  expect(advanceCurriculum(curriculum, startCurriculum(curriculum, 0), report).state.step).toBe(1);
  expect(changes).toEqual([
    "The collapse monitor does not watch the gradient norm, which this server does not tell.",
    "Stages end on a plateau of validation alone, whatever the gradient norm, which this server does not tell: " +
      "'syntax', 'base with hints', 'all with hints', 'all without hints'.",
  ]);
});

test("everything else stays", () => {
  const paper = paperCurriculum();
  const { curriculum } = withoutGradientNorm(paper);
  expect({ ...curriculum.collapse, gradientNorm: paper.collapse.gradientNorm }).toEqual(paper.collapse);
  expect(curriculum.stages.map((each) => ({ ...each, transition: 0 }))).toEqual(
    paper.stages.map((each) => ({ ...each, transition: 0 })),
  );
  expect(curriculum.stages[0]!.transition).toEqual({
    when: "plateau",
    plateau: { measure: "accuracy", window: 5, minimumGain: 0.01, patience: 20 },
    minimumSteps: 30,
    maximumSteps: 100,
  });
});

test("stages of fixed length lose the collapse signal alone; done twice, nothing more is changed", () => {
  const once = withoutGradientNorm(singleStageCurriculum());
  expect(once.changes).toHaveLength(1);
  expect(withoutGradientNorm(once.curriculum)).toEqual({ curriculum: once.curriculum, changes: [] });
});

test("where too few signals are left to act on, the fields are named", () => {
  const curriculum = curriculumOf([stage("one")], { formatErrors: false, entropy: false });
  expect(() => withoutGradientNorm(curriculum)).toThrow("signalsToAct is 2, but 1 signals are watched");
});
