import { hints, requests } from "../../environments/index.ts";
import { generatedSubject } from "../testing/learnability/make-subject.ts";
import { probeLearnability } from "../testing/learnability/probe-learnability.ts";
import type { TaskSet } from "./dataset.ts";
import { probeLabel } from "./learnability-report.ts";
import { table } from "./table.ts";

const toured = "VehicleControlAPI";

/** The short form of the probe: few trainings, small ones, of the arms that matter; too few to tell hints from the placebo. */
export async function learnabilityTour({ tasks }: Pick<TaskSet, "tasks">): Promise<string> {
  const configs = tasks.flatMap(({ environments, config }) => (environments.includes(toured) ? [config[toured]] : []));
  const subject = generatedSubject({
    ...{ hints: hints[toured]!, configs: configs.slice(0, 6), requests: [requests[toured]!], count: 12, heldOut: 8 },
    categories: ["base"],
  });
  const report = await probeLearnability(subject, {
    ...{ arms: ["off", "shuffled", "guide"], seeds: 2, updates: 10, tasksPerUpdate: 3, groupSize: 6 },
  });
  const points = report.arms[0]!.curve.map(({ update }) => `update ${update}`);
  const rows = report.arms.map(({ arm, curve }) => [arm, ...curve.map(({ progress }) => progress.toFixed(2))]);
  return [
    `what a policy can learn in ${toured}, ${report.seeds} trainings an arm (${probeLabel}; envtune probe learnability has the long form)`,
    table(["hints in training", ...points], rows),
    "  progress on held-out families, hints off; so few trainings do not tell the rows apart (docs/learnability.md has ten or more)",
  ].join("\n");
}
