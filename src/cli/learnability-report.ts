import { mean } from "../curriculum/numbers.ts";
import { percent } from "../report/figure-text.ts";
import { controls } from "../testing/learnability/hint-effects.ts";
import type { Contrast, LearnabilityReport } from "../testing/learnability/report.ts";
import { thresholds } from "../testing/learnability/thresholds.ts";
import { table } from "./table.ts";

/** What a reader must not take the probe for. */
export const probeLabel = "linear probe, not a language model";

/** The contrasts, guide minus shuffled first, then the arms and the problems. */
export function learnabilityText(report: LearnabilityReport): string {
  const { subject, seeds, updates, groupSize, tasksPerUpdate, tasks, heldOut, before, witness, arms, contrasts } =
    report;
  const lines = [
    `${subject} (${probeLabel}): ${tasks} tasks to learn from, ${heldOut} held out, ${seeds} seeds, ${updates} updates of ${tasksPerUpdate} x ${groupSize} episodes`,
    `  progress on held-out families, hints off: ${share(before)} before training`,
    `  the ground truth earns ${share(witness)} on the tasks to learn from`,
  ];
  if (contrasts.length > 0)
    lines.push(
      table(
        ["difference", "after training", "over its course"],
        contrasts.map((contrast) => [contrast.name, signed(contrast), signed(contrast.area)]),
      ),
    );
  lines.push(
    table(
      [
        "arm",
        "progress",
        "95%",
        "passed",
        "hints on",
        "trained on",
        "course",
        "flat",
        "repaired",
        "followed",
        "others",
      ],
      arms.map((arm) => [
        ...[arm.arm, share(arm.mean), arm.interval ? `[${share(arm.interval.low)}, ${share(arm.interval.high)}]` : "-"],
        ...[arm.testPassed, arm.testProgressHinted, arm.trainProgress, arm.areaUnderCurve].map((list) =>
          share(mean(list)),
        ),
        percent(arm.flatGroups),
        ...[arm.repairs.hints || "-", shareOrNone(arm.repairs.followed), shareOrNone(arm.repairs.others)].map(String),
      ]),
    ),
  );
  if (seeds > 1 && seeds < thresholds.seeds)
    lines.push(`  intervals over ${seeds} seeds are too narrow to go by; give ${thresholds.seeds} or more`);
  if (report.hintEffects.length > 0)
    lines.push(
      "  failed calls that are mended by who does as hints at direct say, and otherwise by:",
      table(
        ["against", "failed calls", "obeyed", "otherwise", "difference"],
        report.hintEffects.map((effect) => [
          ...[controls[effect.control], String(effect.failedCalls), percent(effect.obeyed), percent(effect.otherwise)],
          signed(effect),
        ]),
      ),
    );
  for (const { kind, evidence, information } of report.problems)
    lines.push(`  ${information ? "to know" : "problem"}: ${kind}: ${evidence}`);
  return `${lines.join("\n")}\n`;
}

const shareOrNone = (value: number | undefined): string => (value === undefined ? "-" : percent(value));
const share = (value: number): string => value.toFixed(3);

function signed({ mean: middle, low, high }: Pick<Contrast, "mean" | "low" | "high">): string {
  const text = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
  return low === undefined || high === undefined ? text(middle) : `${text(middle)} [${text(low)}, ${text(high)}]`;
}
