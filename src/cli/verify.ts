import { readFile } from "node:fs/promises";
import packageFile from "../../package.json" with { type: "json" };
import { issueProblems } from "../task/issue.ts";
import { DataError, pathText } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { auditCard } from "../testing/verify/audit-card.ts";
import type { Check, Finding } from "../testing/verify/check.ts";
import { checks as allChecks } from "../testing/verify/checks.ts";
import { type KnownFinding, KnownFindings } from "../testing/verify/known-findings.ts";
import { type CheckReport, verify } from "../testing/verify/verify.ts";
import { command } from "./command.ts";
import { isModule } from "./environment-module.ts";
import { ownModule } from "./own-module.ts";
import { rowWriter } from "./table.ts";
import { datasetSubject, moduleSubject } from "./verify-subject.ts";

const names = allChecks.map(({ name }) => name);

export const verifyCommand = command({
  meta: {
    name: "verify",
    description:
      "Look at everything about environments and their tasks that needs no model; exit status 1 where something is wrong",
  },
  args: {
    subject: {
      type: "positional",
      required: false,
      description:
        "bundled, shop, bfcl (the imported one), an imported folder, a JSONL file, or a module of one's own (.js, .ts); unless given, the module that package.json names as envtune.module, or else bundled",
    },
    module: {
      type: "string",
      valueHint: "file",
      description: "The same for a module: it exports hints, and tasks or a config",
    },
    checks: {
      type: "string",
      valueHint: "list",
      description: `Some of ${names.join(", ")}, by comma; all unless given`,
    },
    quick: { type: "boolean", description: "Fewer programs and samples: for every save, not for a release" },
    known: {
      type: "string",
      valueHint: "file",
      description: "Known defects, as JSON: they are counted, and fail nothing",
    },
    out: { type: "string", valueHint: "card.json", description: "Where to write the audit card" },
    seed: { type: "string", default: "0", description: "Seed of whatever is drawn" },
    most: { type: "string", default: "10", description: "Findings to print for each check; the card has all" },
    json: { type: "boolean", description: "Print the audit card instead of the report" },
  },
  async run({ args }) {
    const [path = (await ownModule()) ?? "bundled", ...more] = args._;
    if (more.length > 0) throw new DataError(`'${more[0]}' is one subject too many`);
    const most = Number(args.most);
    if (!Number.isInteger(most) || most < 0) throw new DataError(`--most must be a whole number, not '${args.most}'`);
    const chosen = { seed: args.seed, quick: args.quick === true };
    const checks = checksNamed(args.checks);
    const known = args.known === undefined ? [] : await knownIn(args.known);
    const module = args.module ?? (isModule(path) ? path : undefined);
    const subject = module === undefined ? await datasetSubject(path, chosen) : await moduleSubject(module, chosen);
    const progress = ({ name, milliseconds }: CheckReport) => {
      if (process.stderr.isTTY) process.stderr.write(`${name}: ${(milliseconds / 1000).toFixed(1)} s\n`);
    };
    const reports = await verify(subject, checks, known, progress);
    const card = auditCard(subject, reports, packageFile.version);
    if (args.out !== undefined) await writeWhole(args.out, `${JSON.stringify(card, null, 2)}\n`);
    if (args.json) process.stdout.write(`${JSON.stringify(card)}\n`);
    else {
      process.stdout.write(
        `${subject.name}: ${subject.tasks.length} tasks in ${Object.keys(subject.environments).join(", ")}\n`,
      );
      process.stdout.write(reportText(reports, most));
      process.stdout.write(`card ${card.sha256}${args.out === undefined ? "" : ` in ${args.out}`}\n`);
    }
    if (reports.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
  },
});

function checksNamed(list: string | undefined): readonly Check[] {
  if (list === undefined) return allChecks;
  const wanted = list.split(",").map((name) => name.trim());
  const wrong = wanted.find((name) => !names.includes(name));
  if (wrong !== undefined) throw new DataError(`--checks: there is no '${wrong}'; there are ${names.join(", ")}`);
  return allChecks.filter(({ name }) => wanted.includes(name));
}

async function knownIn(file: string): Promise<readonly KnownFinding[]> {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new DataError(`${file} is no JSON: ${error.message}`);
    throw error;
  }
  const read = KnownFindings.safeParse(given);
  if (read.success) return read.data.findings;
  const problems = issueProblems(read.error.issues, given);
  throw new DataError(
    `${file} lists no known findings`,
    problems.map(({ path, message }) => ({ file, path: pathText(path), message })),
  );
}

/** A table of the checks, then what each found. */
export function reportText(reports: readonly CheckReport[], most: number): string {
  const rows = reports.map(({ name, findings, known, figures }) => [
    name,
    findings.length === 0 ? "ok" : String(findings.length),
    ...(known.length > 0 ? [String(known.length)] : ["-"]),
    Object.entries(figures)
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
  return `${[tableOf(rows), ...found].join("\n")}\n`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const all = [["check", "findings", "known", "figures"], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map(rowWriter(widths, widths.length)).join("\n");
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
