import type { Finding } from "./check.ts";
import type { VerifySubject } from "./subject.ts";
import type { CheckReport } from "./verify.ts";

/** What was looked at, a table of the checks, then what each found, at most so many of each. */
export function reportText(
  { name: subject, tasks, environments }: Pick<VerifySubject, "name" | "tasks" | "environments">,
  reports: readonly CheckReport[],
  most: number,
): string {
  const rows = reports.map(({ name, skipped, findings, known, figures }) => [
    name,
    skipped ? "-" : findings.length === 0 ? "ok" : String(findings.length),
    ...(known.length > 0 ? [String(known.length)] : ["-"]),
    skipped
      ? "not looked at: there are no tasks"
      : Object.entries(figures)
          .map(([figure, value]) => `${figure} ${Number.isInteger(value) ? value : value.toFixed(3)}`)
          .join(", "),
  ]);
  const found = reports.flatMap(({ name, statement, findings }) => {
    if (findings.length === 0) return [];
    const left = findings.length - most;
    return [
      `\n${name}: ${statement}; ${findings.length === 1 ? "it is not so once" : `it is not so ${findings.length} times`}`,
      ...findings.slice(0, most).flatMap(findingLines),
      ...(left > 0 ? [`  … and ${left} more (--most, or --out for all)`] : []),
    ];
  });
  const heading = `${subject}: ${tasks.length === 1 ? "1 task" : `${tasks.length} tasks`} in ${Object.keys(environments).join(", ")}`;
  const left = reports.some(({ skipped }) => skipped)
    ? ["\nnothing says yet whether tasks are right: export `tasks` to have the checks that were left out"]
    : [];
  return `${[heading, tableOf(rows), ...found, ...left].join("\n")}\n`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const all = [["check", "findings", "known", "figures"], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join("  ")
          .trimEnd()}`,
    )
    .join("\n");
}

function findingLines({ environment, tool, task, turn, call, problem, fix }: Finding): string[] {
  const place = [
    ...[environment, task],
    ...(turn === undefined ? [] : [`turn ${turn}`]),
    ...(call === undefined ? [] : [`call ${call}`]),
    tool,
  ].filter((part) => part !== undefined);
  return [`  ${place.length > 0 ? `${place.join(", ")}: ` : ""}${problem}`, `    fix: ${fix}`];
}
