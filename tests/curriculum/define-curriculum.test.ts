import { describe, expect, test } from "vitest";
import { paperCurriculum, singleStageCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import { hintsAt } from "../../src/curriculum/stage.ts";
import { curriculumOf, stage } from "./reports.ts";

const plateau = (more: object = {}) => ({
  when: "plateau" as const,
  plateau: { window: 3, minimumGain: 0.01, patience: 3 },
  minimumSteps: 2,
  maximumSteps: 20,
  ...more,
});

describe("the author's mistakes name the stage and the fix", () => {
  test.each([
    [
      "a field of the wrong type",
      () => curriculumOf([stage("one"), stage("two", { batch: { tasks: "4" as never, groupSize: 2 } })]),
      /stage 'two': batch\.tasks: expected number, got string "4"; write it without quotes: 4/,
    ],
    [
      "a misspelt field",
      () => curriculumOf([stage("one", { rewards: "x" } as never)]),
      /stage 'one': rewards: no such field/,
    ],
    [
      "a prompt there is not",
      () => curriculumOf([stage("one", { prompt: "kind" as never })]),
      /stage 'one': prompt: expected one of "standard", "resourceful", got string "kind"/,
    ],
    [
      "a group of one",
      () => curriculumOf([stage("one", { batch: { tasks: 4, groupSize: 1 } })]),
      /stage 'one': batch\.groupSize: .*>=2; got number 1/,
    ],
    [
      "shares of hints that do not add up",
      () => curriculumOf([stage("one", { hints: { guide: 0.5 } })]),
      /stage 'one': hints: the shares of the hint levels add up to 0\.5, not to 1/,
    ],
    ["two stages of one name", () => curriculumOf([stage("one"), stage("one")]), /two stages named 'one'/],
    ["no stages", () => curriculumOf([]), /stages: /],
    [
      "minimum above maximum",
      () => curriculumOf([stage("one", { transition: plateau({ minimumSteps: 30 }) })]),
      /stage 'one': minimumSteps 30 is more than maximumSteps 20/,
    ],
    [
      "a plateau that never fits",
      () => curriculumOf([stage("one", { transition: plateau({ maximumSteps: 4 }) })]),
      /stage 'one': a plateau takes 6 validations .* ends after 4 steps/,
    ],
    [
      "an accuracy above one",
      () => curriculumOf([stage("one", { skip: { least: 30 } })]),
      /stage 'one': skip\.least is 30/,
    ],
    [
      "a band upside down",
      () => curriculumOf([stage("one", { sampling: { by: "boundary", band: { low: 1, high: 0 } } })]),
      /stage 'one': sampling\.band: low must not be above high/,
    ],
    [
      "a monitor that could never act",
      () => curriculumOf([stage("one")], { signalsToAct: 5 }),
      /signalsToAct is 5, but 4 signals are watched/,
    ],
  ])("%s", (_, define, message) => {
    expect(define).toThrow(message);
  });
});

test("the paper's four stages are these", () => {
  const { stages } = paperCurriculum();
  expect(
    stages.map(({ data, reward, prompt, hints, turnFeedback, batch }) => [
      data.categories?.join() ?? "all",
      data.most ?? "any",
      reward,
      prompt,
      hints,
      turnFeedback,
      batch.groupSize,
    ]),
  ).toEqual([
    ["base", 75, "syntax", "standard", "off", "off", 16],
    ["base", "any", "progress", "standard", "guide", "off", 16],
    ["all", "any", "progress", "resourceful", "guide", "off", 16],
    ["all", "any", "progress", "resourceful", "off", "off", 16],
  ]);
  expect(stages.every(({ limits, skip }) => limits.stepLimit === 5 && skip === undefined)).toBe(true);
  expect(paperCurriculum({ skipMastered: true }).stages.map(({ skip }) => skip?.least)).toEqual([
    0.155,
    0.2583,
    undefined,
    undefined,
  ]);
  expect(singleStageCurriculum().stages.map(({ reward }) => reward)).toEqual(["0.9*progress+0.1*format"]);
});

test("a curriculum is plain JSON, and defining it anew changes nothing", () => {
  const { name, stages, collapse } = paperCurriculum();
  const written = JSON.parse(JSON.stringify({ name, stages, collapse }));
  expect(curriculumOf(written.stages, written.collapse)).toEqual({ ...written, name: "test" });
});

test("hints stay, are mixed, or go from one level to another over the stage's steps", () => {
  expect(hintsAt({ hints: "guide" }, 50)).toBe("guide");
  expect(hintsAt({ hints: { guide: 0.8, off: 0.2 } }, 50)).toEqual({ guide: 0.8, off: 0.2 });
  const annealing = { hints: { from: "direct", to: "off", overSteps: 40 } } as const;
  expect([0, 10, 40, 90].map((steps) => hintsAt(annealing, steps))).toEqual([
    { direct: 1, off: 0 },
    { direct: 0.75, off: 0.25 },
    { direct: 0, off: 1 },
    { direct: 0, off: 1 },
  ]);
});
