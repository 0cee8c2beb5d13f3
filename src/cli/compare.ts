import { compareRuns, type GroupComparison, type RunComparison } from "../evaluation/compare-runs.ts";
import { type EvaluatedRun, readEvaluatedRun } from "../evaluation/evaluated-run.ts";
import { type ManifestDifference, manifestDifferences } from "../evaluation/manifest-differences.ts";
import { percent } from "../report/figure-text.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { intervalText } from "./evaluation-report.ts";
import { table } from "./table.ts";

export const compareCommand = command({
  meta: { name: "compare", description: "Compare two runs, the second with the first, task by task" },
  args: {
    a: { type: "positional", required: true, description: "The folder of the first run" },
    b: { type: "positional", required: true, description: "The folder of the second run" },
    force: { type: "boolean", description: "Compare although the runs were played under other conditions" },
    json: { type: "boolean", description: "Print JSON" },
  },
  async run({ args }) {
    if (args._.length > 2) throw new DataError(`'${args._[2]}' is not expected here; two runs are compared at a time`);
    const [a, b] = await Promise.all([readEvaluatedRun(args.a), readEvaluatedRun(args.b)]);
    const differences = manifestDifferences(a.manifest, b.manifest);
    if (differences.length > 0 && !args.force)
      throw new DataError(
        `these runs were played under other conditions; --force compares them all the same\n${listed(differences)}`,
      );
    const comparison = compareRuns(a.episodes, b.episodes);
    if (comparison.groups.every(({ tasks }) => tasks === 0))
      throw new DataError(`${args.a} and ${args.b} have no task in common, so there is nothing to compare`);
    const warnings = [...warningsOn("A", a), ...warningsOn("B", b), ...contextWarning(a, b)];
    process.stdout.write(
      args.json
        ? `${JSON.stringify({ a: a.manifest, b: b.manifest, differences, warnings, ...comparison })}\n`
        : report({ a, b }, differences, warnings, comparison),
    );
  },
});

/** What in a run is not the model's doing, and moves its figures all the same. */
function warningsOn(name: string, { manifest: { tasks, samples }, episodes }: EvaluatedRun): string[] {
  const wanted = tasks.length * samples;
  const aborted = episodes.filter(({ ended }) => ended === "aborted").length;
  return [
    ...(episodes.length < wanted ? [`${name} is not complete: it has ${episodes.length} of ${wanted} episodes`] : []),
    ...(aborted > 0
      ? [`${name} has ${aborted} aborted episodes, which count as failed; its command plays them again`]
      : []),
  ];
}

/** Conversations that outgrow a server's context end there. */
function contextWarning(...runs: readonly EvaluatedRun[]): string[] {
  const [a, b] = runs.map(({ manifest }) => manifest.software?.contextTokens);
  return a === undefined || b === undefined || a === b ? [] : [`A was served with a context of ${a} tokens, B of ${b}`];
}

/** Lists of tasks are shown by their length; nobody reads 800 ids. */
function listed(differences: readonly ManifestDifference[]): string {
  return differences
    .map(({ field, a, b }) => {
      const [one, other] = field === "tasks" ? [a, b].map((text) => `${JSON.parse(text).length} tasks`) : [a, b];
      return `  ${field}: ${one} and ${other}${one === other ? ", not the same ones" : ""}`;
    })
    .join("\n");
}

function report(
  { a, b }: { readonly a: EvaluatedRun; readonly b: EvaluatedRun },
  differences: readonly ManifestDifference[],
  warnings: readonly string[],
  { groups, reasons, onlyInA, onlyInB }: RunComparison,
): string {
  const [nameA, nameB] = [a, b].map(
    ({ manifest: { model, policy, samples } }) => `${model ?? policy}, ${samples} runs`,
  );
  const lines = [`A: ${nameA}`, `B: ${nameB}`];
  if (differences.length > 0) lines.push("forced, although these differ:", listed(differences));
  lines.push(...warnings);
  for (const [run, ids] of [
    ["A", onlyInA],
    ["B", onlyInB],
  ] as const)
    if (ids.length > 0) lines.push(`${ids.length} tasks that only ${run} has are left out`);
  lines.push(table(head, groups.map(row)));
  if (reasons.length > 0) {
    const rows = reasons.map((change) => [change.code, ...[change.a, change.b, change.b - change.a].map(hundredth)]);
    lines.push("", table(["failed turns of 100", "A", "B", "difference"], rows));
  }
  return `${lines.join("\n")}\n`;
}

const head = [
  ...["category", "tasks", "A", "B", "B - A", "95% interval", "won", "lost"],
  ...["both right", "only A", "only B", "neither"],
];

function row(group: GroupComparison): string[] {
  const { episodes, difference } = group;
  return [
    ...[group.group, String(group.tasks), percent(group.accuracyA), percent(group.accuracyB), percent(difference)],
    ...[intervalText(group.interval), String(group.won), String(group.lost)],
    ...[episodes.both, episodes.onlyA, episodes.onlyB, episodes.neither].map(String),
  ];
}

const hundredth = (value: number): string => value.toFixed(2);
