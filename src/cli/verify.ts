import { readFile } from "node:fs/promises";
import packageFile from "../../package.json" with { type: "json" };
import { issueProblems } from "../task/issue.ts";
import { DataError, pathText } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { auditCard } from "../testing/verify/audit-card.ts";
import { checks as allChecks, checksNamed } from "../testing/verify/checks.ts";
import { type KnownFinding, KnownFindings } from "../testing/verify/known-findings.ts";
import { moduleSubject } from "../testing/verify/module-subject.ts";
import { reportText } from "../testing/verify/report-text.ts";
import { type CheckReport, verify } from "../testing/verify/verify.ts";
import { command } from "./command.ts";
import { importModule, isModule } from "./import-module.ts";
import { ownModule } from "./own-module.ts";
import { datasetSubject } from "./verify-subject.ts";

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
        "bundled, shop, bfcl (the imported one), an imported folder, a JSONL file, or a module of one's own (.js, .ts); unless given, the module that package.json names as envtune.module, or else all that comes with envtune",
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
    const [given, ...more] = args._;
    const path = given ?? (args.module === undefined ? await ownModule() : undefined);
    if (more.length > 0) throw new DataError(`'${more[0]}' is one subject too many`);
    const most = Number(args.most);
    if (!Number.isInteger(most) || most < 0) throw new DataError(`--most must be a whole number, not '${args.most}'`);
    const chosen = { seed: args.seed, quick: args.quick === true };
    const checks = args.checks === undefined ? allChecks : checksNamed(args.checks.split(","), "--checks");
    const known = args.known === undefined ? [] : await knownIn(args.known);
    if (args.module !== undefined && path !== undefined)
      throw new DataError(`--module and '${path}': give one of them; a module's tasks are those that it exports`);
    const module = args.module ?? (path !== undefined && isModule(path) ? path : undefined);
    const subject =
      module === undefined
        ? await datasetSubject(path, chosen)
        : moduleSubject(await importModule(module), module, chosen);
    const progress = ({ name, milliseconds }: CheckReport) => {
      if (process.stderr.isTTY) process.stderr.write(`${name}: ${(milliseconds / 1000).toFixed(1)} s\n`);
    };
    const reports = await verify(subject, checks, known, progress);
    const card = auditCard(subject, reports, packageFile.version);
    if (args.out !== undefined) await writeWhole(args.out, `${JSON.stringify(card, null, 2)}\n`);
    if (args.json) process.stdout.write(`${JSON.stringify(card)}\n`);
    else {
      process.stdout.write(reportText(subject, reports, most));
      process.stdout.write(`card ${card.sha256}${args.out === undefined ? "" : ` in ${args.out}`}\n`);
    }
    if (reports.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
  },
});

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
