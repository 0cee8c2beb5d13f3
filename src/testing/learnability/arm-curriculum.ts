import { type Curriculum, defineCurriculum, type StageDefinition } from "../../curriculum/define-curriculum.ts";
import { paperCurriculum, singleStageCurriculum } from "../../curriculum/paper-curriculum.ts";
import type { Stage } from "../../curriculum/stage.ts";
import type { Arm } from "./arms.ts";

/** The share of the updates that each of the four stages gets. */
const stageShares: readonly number[] = [1, 2, 3, 2];

export interface TrainingSize {
  readonly updates: number;
  readonly tasksPerUpdate: number;
  readonly groupSize: number;
}

/**
 * The paper's stages, in which the arm's hints take the place of theirs wherever they have any. A stage ends after a fixed share
 * of the updates: the paper's rule waits for a plateau of at least 25 validations, more than a whole training has here.
 */
export function armCurriculum(arm: Arm, size: TrainingSize, hasBase: boolean): Curriculum {
  // Which text stands behind a level is the arm's: the placebo's are hints at `guide` on other failures.
  const level = arm.hints === "shuffled" ? "guide" : arm.hints;
  const stages = arm.stages === "four" ? paperCurriculum().stages : singleStageCurriculum().stages;
  const steps = stepsOf(size.updates, arm.stages === "four" ? stageShares : [1]);
  return defineCurriculum({
    name: `learnability, ${arm.stages} stages`,
    // A training that was stopped for its entropy would be tested after fewer episodes than the others.
    collapse: { action: "flag" },
    stages: stages
      .map((stage, index) => {
        const reward = stage.name === "syntax" ? stage.reward : arm.reward;
        const hints = arm.stages === "one" || stage.hints !== "off" ? level : "off";
        return asked(stage, { reward, hints, steps: steps[index]!, size, hasBase });
      })
      .filter((stage) => stage !== undefined),
  });
}

function asked(
  stage: Stage,
  parts: { reward: string; hints: Arm["hints"] & string; steps: number; size: TrainingSize; hasBase: boolean },
): StageDefinition | undefined {
  const { reward, hints, steps, size, hasBase } = parts;
  if (steps === 0) return undefined;
  const { categories: _, ...widened } = stage.data;
  return {
    ...stage,
    ...{ reward, hints: hints as Stage["hints"] & string },
    data: hasBase ? stage.data : widened,
    batch: { tasks: size.tasksPerUpdate, groupSize: size.groupSize },
    transition: { when: "fixedSteps", steps },
  };
}

/** Whole updates by share, all of them given out. */
function stepsOf(updates: number, shares: readonly number[]): readonly number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  return shares.map((share) => {
    const before = Math.round((updates * sum) / total);
    sum += share;
    return Math.round((updates * sum) / total) - before;
  });
}
