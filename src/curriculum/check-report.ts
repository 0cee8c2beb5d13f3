import { issueProblems } from "../task/issue.ts";
import { pathText } from "../task/problem.ts";
import type { CurriculumState } from "./curriculum-state.ts";
import { TrainingFigures, ValidationFigures } from "./history.ts";
import type { Stage } from "./stage.ts";

interface Report {
  readonly step: number;
  readonly training: TrainingFigures | undefined;
  readonly validation: ValidationFigures | undefined;
}

/** Throws where a report comes out of order, is malformed, is of the test, or lacks what the stage's rules read. */
export function checkReport(
  { status, step, history }: CurriculumState,
  report: Report,
  { stage, watched }: { readonly stage: Stage; readonly watched: readonly (keyof TrainingFigures)[] },
): void {
  const { training, validation } = report;
  const place = `the report of step ${report.step} in stage '${stage.name}'`;
  if (status !== "running") throw new Error(`${place}: the curriculum has ${status} and takes no more reports`);
  const expected = training ? step + 1 : step;
  if (report.step !== expected)
    throw new Error(
      `${place}: ${training ? `${step} steps are known, so the next is ${expected}` : `a validation without a step belongs to the last step, ${expected}`}`,
    );
  if (!training && !validation) throw new Error(`${place} has no figures; give training, validation or both`);
  if ((validation?.part as string | undefined) === "test")
    throw new Error(
      `${place}: its validation was measured on the test part; transitions read validation families only: measure on split.validation`,
    );
  checkShape(TrainingFigures, training, `${place}: training`);
  checkShape(ValidationFigures, validation, `${place}: validation`);
  if (validation && history.validation.some((each) => each.step === report.step))
    throw new Error(`${place}: this step has been validated already; report one validation a step`);
  if (!training) return;
  for (const name of watched)
    if (training[name] === undefined)
      throw new Error(`${place} lacks ${name}, which the collapse monitor reads; report it, or set ${off(name)}`);
  const { transition } = stage;
  if (transition.when === "plateau" && transition.stableGradient && training.gradientNorm === undefined)
    throw new Error(`${place} lacks gradientNorm, which the transition reads; report it, or leave out stableGradient`);
}

const off = (name: keyof TrainingFigures): string => `collapse.${name === "reward" ? "rewardFloor" : name} to false`;

function checkShape(
  schema: typeof TrainingFigures | typeof ValidationFigures,
  figures: TrainingFigures | ValidationFigures | undefined,
  place: string,
): void {
  if (figures === undefined) return;
  const parsed = schema.safeParse(figures);
  if (parsed.success) return;
  const [first] = issueProblems(parsed.error.issues, figures);
  throw new Error(`${place}.${pathText(first!.path)}: ${first!.message}`);
}
