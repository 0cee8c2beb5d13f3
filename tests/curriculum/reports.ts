import type { StepReport } from "../../src/curriculum/advance-curriculum.ts";
import { advanceCurriculum } from "../../src/curriculum/advance-curriculum.ts";
import { type CurriculumState, startCurriculum } from "../../src/curriculum/curriculum-state.ts";
import { type Curriculum, defineCurriculum, type StageDefinition } from "../../src/curriculum/define-curriculum.ts";
import type { ValidationFigures } from "../../src/curriculum/history.ts";

export const validated = (accuracy: number, rewards?: Record<string, number>): ValidationFigures => ({
  part: "validation",
  tasks: 80,
  accuracy,
  ...(rewards ? { rewards } : {}),
});

/** A step that trains as usual, but for what is given. */
export const step = (number: number, accuracy: number | undefined, training: object = {}): StepReport => ({
  step: number,
  training: { gradientNorm: 0.4, entropy: 0.5, formatErrors: 0.02, reward: 0.3, ...training },
  ...(accuracy === undefined ? {} : { validation: validated(accuracy) }),
});

export const stage = (name: string, more: Partial<StageDefinition> = {}): StageDefinition => ({
  name,
  reward: "progress",
  prompt: "standard",
  hints: "off",
  limits: { stepLimit: 5 },
  batch: { tasks: 4, groupSize: 2 },
  transition: { when: "fixedSteps", steps: 5 },
  ...more,
});

export const curriculumOf = (stages: StageDefinition[], collapse: object = {}): Curriculum =>
  defineCurriculum({ name: "test", stages, collapse });

export const played = (
  curriculum: Curriculum,
  reports: readonly StepReport[],
  start: CurriculumState = startCurriculum(curriculum, 0),
): CurriculumState => reports.reduce((state, report) => advanceCurriculum(curriculum, state, report).state, start);

/** `step kind rule` of every decision after the start. */
export const logOf = ({ decisions }: CurriculumState): string[] =>
  decisions.slice(1).map(({ step: at, kind, rule }) => `${at} ${kind} ${rule}`);
