import { environmentOf } from "../../environments/index.ts";
import type { Profile } from "../grading/profile.ts";
import { profiles } from "../grading/profile.ts";
import { type GradedEntry, type GradeSummary, summarize } from "../grading/summary.ts";
import { percent } from "../report/figure-text.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { requireTasks } from "./dataset.ts";
import { gradeFile } from "./graded-file.ts";
import { table } from "./table.ts";

export const gradeCommand = command({
  meta: { name: "grade", description: "Grade BFCL result files or envtune traces, as the reference does or strictly" },
  args: {
    files: { type: "positional", description: "Result files of BFCL's generator, or traces.jsonl", required: true },
    dataset: {
      type: "string",
      description:
        "What the results answer: bfcl (the imported one), bundled, shop, a task file, a package, a wheel or a checkout",
    },
    profile: { type: "enum", options: Object.keys(profiles), default: "bfcl", description: "How strictly to judge" },
    json: { type: "boolean", description: "Print one JSON line a group and a failed entry" },
  },
  async run({ args }) {
    const profile = profileOf(args.profile);
    const dataset = await requireTasks(args.dataset);
    for (const path of args._) {
      const entries = gradeFile(path, dataset, environmentOf, profile);
      process.stdout.write(args.json ? jsonLines(path, entries) : report(path, entries, profile));
    }
  },
});

function profileOf(name: string): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name as Profile["name"]] : undefined;
  if (!profile) throw new DataError(`--profile ${name}: there are ${Object.keys(profiles).join(" and ")}`);
  return profile;
}

function jsonLines(file: string, entries: readonly GradedEntry[]): string {
  const failed = entries.flatMap(({ id, grade: { failure } }) => (failure ? [{ id, ...failure }] : []));
  return [...summarize(entries).map((summary) => ({ file, ...summary })), ...failed]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
}

function report(path: string, entries: readonly GradedEntry[], profile: Profile): string {
  const groups = summarize(entries);
  const types = [...new Set(groups.flatMap(({ failures }) => Object.keys(failures)))];
  const lines = [
    `${path}: ${entries.length} entries, profile ${profile.name}`,
    table(
      ["category", "accuracy", "95% interval", "valid", "count", "progress", "refusals", "in entries"],
      groups.map(row),
    ),
  ];
  if (types.length > 0) {
    const rows = types.map((type) => [type, ...groups.map(({ failures }) => String(failures[type] ?? 0))]);
    lines.push("", table(["first failure", ...groups.map(({ group }) => group)], rows), "");
  }
  for (const { id, grade } of entries)
    if (grade.failure) lines.push(`  ${id}: ${grade.failure.type}: ${grade.failure.message}`);
  return `${lines.join("\n")}\n\n`;
}

function row({ group, accuracy, interval, valid, count, progress, refusals, refusedEntries }: GradeSummary): string[] {
  const between = interval ? `${percent(interval.low)} to ${percent(interval.high)}` : "-";
  return [
    group,
    percent(accuracy),
    between,
    String(valid),
    String(count),
    percent(progress),
    String(refusals),
    String(refusedEntries),
  ];
}
