import { z } from "zod";
import { rewardOf } from "../progress/reward-spec.ts";
import { issueProblems } from "../task/issue.ts";
import { pathText } from "../task/problem.ts";
import { CollapseMonitor, signals } from "./collapse.ts";
import { Stage } from "./stage.ts";

const CurriculumSchema = z.strictObject({
  name: z.string().min(1),
  stages: z.array(Stage).min(1),
  collapse: CollapseMonitor,
});

/** Stages in their order, and how collapse is watched for: plain JSON, so that a run can be saved with what it follows. */
export type Curriculum = z.output<typeof CurriculumSchema>;
export type CurriculumDefinition = z.input<typeof CurriculumSchema>;
export type StageDefinition = z.input<typeof Stage>;

/** Fills in the defaults and checks everything. Throws naming the stage and what to change. */
export function defineCurriculum(definition: CurriculumDefinition): Curriculum {
  const parsed = CurriculumSchema.safeParse(definition);
  if (!parsed.success) {
    const found = issueProblems(parsed.error.issues, definition).map(
      ({ path, message }) => `  ${placeOf(path, definition)}: ${message}`,
    );
    throw new Error(`curriculum '${definition?.name}' cannot be used\n${found.join("\n")}`);
  }
  const curriculum = parsed.data;
  for (const [index, stage] of curriculum.stages.entries()) {
    if (curriculum.stages.findIndex(({ name }) => name === stage.name) < index)
      throw new Error(`there are two stages named '${stage.name}'; give each a name of its own`);
    checkStage(stage);
  }
  const { collapse } = curriculum;
  const hasFloor = curriculum.stages.some(({ floor }) => floor !== undefined);
  const watched = signals.filter(
    (signal) => collapse[signal] !== false && (signal !== "rewardFloor" || hasFloor),
  ).length;
  if (collapse.action !== "flag" && collapse.signalsToAct > watched)
    throw new Error(
      `collapse: signalsToAct is ${collapse.signalsToAct}, but ${watched} signals are watched, so nothing would ever be done; lower it, or set action: "flag"`,
    );
  return curriculum;
}

function checkStage({ name, transition, skip, reward }: Stage): void {
  try {
    rewardOf(reward);
  } catch (error) {
    throw new Error(`stage '${name}': ${(error as Error).message}`);
  }
  if (skip?.measure === "accuracy" && skip.least > 1)
    throw new Error(`stage '${name}': skip.least is ${skip.least}, an accuracy is at most 1; give a share from 0 to 1`);
  if (transition.when !== "plateau") return;
  const { minimumSteps, maximumSteps, plateau } = transition;
  if (minimumSteps > maximumSteps)
    throw new Error(
      `stage '${name}': minimumSteps ${minimumSteps} is more than maximumSteps ${maximumSteps}; lower the one or raise the other`,
    );
  const needed = plateau.window + plateau.patience;
  if (needed > maximumSteps + 1)
    throw new Error(
      `stage '${name}': a plateau takes ${needed} validations (window and patience), but the stage ends after ${maximumSteps} steps; raise maximumSteps or shorten the plateau`,
    );
}

/** `stage 'hints': transition.plateau.window`. */
function placeOf(path: readonly PropertyKey[], definition: CurriculumDefinition): string {
  const [field, index, ...rest] = path;
  if (field !== "stages" || typeof index !== "number") return pathText(path);
  const name = definition.stages[index]?.name;
  const stage = typeof name === "string" && name !== "" ? `stage '${name}'` : `stages[${index}]`;
  return rest.length === 0 ? stage : `${stage}: ${pathText(rest)}`;
}
