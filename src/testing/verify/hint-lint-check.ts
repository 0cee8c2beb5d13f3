import type { Task } from "../../task/task.ts";
import { lintHints, lintRules } from "../lint-hints.ts";
import type { Check, Finding } from "./check.ts";
import { replayed } from "./look-at-tasks.ts";
import type { VerifySubject } from "./subject.ts";

/** Random calls where there is a config alone to start from. */
const stepsWithoutTasks = 1000;

/** Random calls a task, and in all: few tasks are walked about in for longer. */
const leastSteps = 20;
const leastInAll = 600;

export const hintLintCheck: Check = {
  name: "hint-lint",
  ofTasks: false,
  statement: "no hint breaks a rule: each failure has one, true, short, and telling nothing of what is to come",
  run(subject) {
    const unplayed: Finding[] = [];
    const { tasks, start, hints, seed } = subject;
    const report =
      tasks.length === 0 && start
        ? lintHints(hints, replayed(subject, [start], unplayed), seed, stepsWithoutTasks)
        : lintHints(hints, replayed(subject, lookedAt(subject), unplayed), seed, stepsOf(tasks));
    const { failures, met, declared, unmet, findings, exceptions } = report;
    const found = findings.map(({ rule, tool, code, detail, task, times }) => ({
      ...{ tool, task },
      problem: `the hint on '${code}' breaks '${rule}' ${times} times: ${detail.slice(0, 300)}`,
      fix: `${lintRules[rule]}: correct the hint on ${tool}.${code}`,
    }));
    return {
      findings: [...unplayed, ...found],
      remarks: unmet.map(({ tool, code }) => ({
        tool,
        problem: `no walk through the tasks met '${code}', so its hint was not looked at`,
        fix: "a task, or candidates of the tool, that lead there",
      })),
      figures: { failures, met, declared, exceptions: exceptions.reduce((sum, { times }) => sum + times, 0) },
    };
  },
};

const stepsOf = (tasks: readonly Task[]): number =>
  Math.max(leastSteps, Math.ceil(leastInAll / Math.max(1, tasks.length)));

function lookedAt({ tasks, quick }: VerifySubject): readonly Task[] {
  const every = quick ? Math.ceil(tasks.length / 40) : 1;
  return tasks.filter((_, index) => index % every === 0);
}
