import { drawsOf } from "../evaluation/estimators.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import type { EvaluationSummary } from "../evaluation/evaluation-summary.ts";
import type { Interval } from "../grading/interval.ts";
import { percent } from "../report/figure-text.ts";
import { table } from "./table.ts";

/** An evaluation for a terminal: a table a category, one of repeated draws where there are several runs, and hint reliance. */
export function evaluationReport({ manifest, groups, hints, complete }: Evaluation): string {
  const part = manifest.split ? `, ${manifest.split.part} part by ${manifest.split.by}` : "";
  const heading = `${manifest.dataset}${part}: ${manifest.tasks.length} tasks, ${manifest.samples} runs, ${manifest.model}, profile ${manifest.profile}, renderer ${manifest.renderer}`;
  const lines = [complete ? heading : `${heading}; not complete`, table(scoreHead, groups.map(scoreRow))];
  if (manifest.samples > 1) lines.push("", passTable(groups, manifest.samples));
  if (hints)
    lines.push(
      "",
      `with hints (${hints.level})`,
      table(scoreHead, hints.groups.map(scoreRow)),
      "",
      relianceTable(hints),
    );
  return `${lines.join("\n")}\n`;
}

const scoreHead = [
  ...["category", "tasks", "episodes", "accuracy", "95% interval", "progress"],
  ...["unreadable", "failed/turn", "steps", "calls", "aborted", "cut"],
];

function scoreRow(summary: EvaluationSummary): string[] {
  const { group, tasks, episodes, accuracy, interval, progress, formatErrors, failedCallsPerTurn, steps, calls } =
    summary;
  return [
    ...[group, String(tasks), String(episodes), percent(accuracy), intervalText(interval), percent(progress)],
    ...[percent(formatErrors), failedCallsPerTurn.toFixed(2), steps.toFixed(1), calls.toFixed(1)],
    ...[String(summary.aborted), String(summary.cutMessages)],
  ];
}

export const intervalText = (interval: Interval | undefined): string =>
  interval ? `${percent(interval.low)} to ${percent(interval.high)}` : "-";

/** Of any k runs: at least one right (`pass@k`), all right (`pass^k`). */
function passTable(groups: readonly EvaluationSummary[], samples: number): string {
  const draws = drawsOf(samples);
  const shown = (share: number | undefined) => (share === undefined ? "-" : percent(share));
  return table(
    ["category", ...draws.map((k) => `pass@${k}`), ...draws.map((k) => `pass^${k}`)],
    groups.map(({ group, passAtK, passHatK }) => [
      group,
      ...draws.map((k) => shown(passAtK[k])),
      ...draws.map((k) => shown(passHatK[k])),
    ]),
  );
}

function relianceTable({ reliance }: NonNullable<Evaluation["hints"]>): string {
  return table(
    ["hint reliance", "without", "with", "difference", "95% interval"],
    reliance.map(({ group, accuracyA, accuracyB, difference, interval }) => [
      ...[group, percent(accuracyA), percent(accuracyB), percent(difference), intervalText(interval)],
    ]),
  );
}
