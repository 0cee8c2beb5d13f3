import { defineCommand } from "citty";
import { environmentOf, hints } from "../../environments/index.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { type LintReport, lintHints, lintRules } from "../testing/lint-hints.ts";
import { command } from "./command.ts";
import { requireTasks, type TaskSet } from "./dataset.ts";
import { readReplayedModule } from "./replayed-module.ts";

const lintHintsCommand = command({
  meta: {
    name: "hints",
    description:
      "Look at the hints on thousands of failures along the ground truths of tasks; exit status 1 where one breaks a rule",
  },
  args: {
    dataset: {
      type: "string",
      default: "bundled",
      description:
        "bundled, shop, bfcl (the imported one), an imported folder, a package, a wheel, a checkout or a JSONL file",
    },
    module: {
      type: "string",
      description: "An environment of one's own instead: a module that exports its hints, and tasks or a config",
    },
    seed: { type: "string", default: "0", description: "Seed of the failures" },
    json: { type: "boolean", description: "Print one JSON object" },
  },
  async run({ args }) {
    const { name, report } =
      args.module === undefined ? await lintDataset(args.dataset, args.seed) : await lintModule(args.module, args.seed);
    process.stdout.write(args.json ? `${JSON.stringify({ dataset: name, ...report })}\n` : shown(name, report));
    if (report.findings.length > 0) process.exitCode = 1;
  },
});

export const lintCommand = defineCommand({
  meta: { name: "lint", description: "Check what an environment says to a model" },
  subCommands: { hints: lintHintsCommand },
});

interface Linted {
  readonly name: string;
  readonly report: LintReport;
}

async function lintDataset(dataset: string, seed: string): Promise<Linted> {
  const taskSet = await requireTasks(dataset);
  return { name: taskSet.name, report: lintHints(hints, truthsOf(taskSet), seed) };
}

/** A config alone is wandered from for longer, since no ground truth leads anywhere. */
async function lintModule(path: string, seed: string): Promise<Linted> {
  const { name, library, truths, hasTasks } = await readReplayedModule(path);
  return { name, report: lintHints(library, truths, seed, hasTasks ? 100 : 1000) };
}

function* truthsOf({ tasks, extension }: TaskSet) {
  for (const task of tasks) yield replayGroundTruth(task, environmentOf(task.environments), extension);
}

function shown(name: string, { tasks, failures, met, declared, findings, exceptions }: LintReport): string {
  const lines = [
    ...exceptions.map(
      ({ rule, tool, code, detail, task, times }) =>
        `${tool} ${code}: allowed ${times} times to help a failed call on (${rule}), first in ${task}:\n  ${detail}`,
    ),
    ...findings.map(
      ({ rule, tool, code, detail, task, times }) =>
        `${tool} ${code}: ${lintRules[rule]}; broken ${times} times, first in ${task}:\n  ${detail}`,
    ),
  ];
  const count = (list: LintReport["findings"]) => list.reduce((sum, { times }) => sum + times, 0);
  lines.push(
    `${name}: ${tasks} tasks, ${failures} failures looked at, ${met} of ${declared} declared failures met, ${count(findings)} violations, ${count(exceptions)} exceptions at guide`,
  );
  return `${lines.join("\n")}\n`;
}
