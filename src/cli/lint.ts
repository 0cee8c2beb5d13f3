import { defineCommand } from "citty";
import { environmentOf, hints } from "../../environments/index.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { type LintReport, lintHints, lintRules } from "../testing/lint-hints.ts";
import { command } from "./command.ts";
import { requireTasks, type TaskSet } from "./dataset.ts";

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
        "bundled, bfcl (the imported one), an imported folder, a package, a wheel, a checkout or a JSONL file",
    },
    seed: { type: "string", default: "0", description: "Seed of the failures" },
    json: { type: "boolean", description: "Print one JSON object" },
  },
  async run({ args }) {
    const taskSet = await requireTasks(args.dataset);
    const report = lintHints(hints, truthsOf(taskSet), args.seed);
    process.stdout.write(
      args.json ? `${JSON.stringify({ dataset: taskSet.name, ...report })}\n` : shown(taskSet, report),
    );
    if (report.findings.length > 0) process.exitCode = 1;
  },
});

export const lintCommand = defineCommand({
  meta: { name: "lint", description: "Check what an environment says to a model" },
  subCommands: { hints: lintHintsCommand },
});

function* truthsOf({ tasks, extension }: TaskSet) {
  for (const task of tasks) yield replayGroundTruth(task, environmentOf(task.environments), extension);
}

function shown({ name }: TaskSet, { tasks, failures, met, declared, findings, exceptions }: LintReport): string {
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
