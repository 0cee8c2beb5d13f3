import type { Task } from "../../task/task.ts";
import { lintHints, lintRules } from "../lint-hints.ts";
import type { Check, Finding } from "./check.ts";
import { replayed } from "./look-at-tasks.ts";
import type { VerifySubject } from "./subject.ts";

/** Random calls where there is a config alone to start from. */
const stepsWithoutTasks = 1000;

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
        : lintHints(hints, replayed(subject, lookedAt(subject), unplayed), seed);
    const { failures, met, declared, findings, exceptions } = report;
    const found = findings.map(({ rule, tool, code, detail, task, times }) => ({
      ...{ tool, task },
      problem: `the hint on '${code}' breaks '${rule}' ${times} times: ${detail.slice(0, 300)}`,
      fix: `${lintRules[rule]}: correct the hint on ${tool}.${code}`,
    }));
    return {
      findings: [...unplayed, ...found],
      figures: { failures, met, declared, exceptions: exceptions.reduce((sum, { times }) => sum + times, 0) },
    };
  },
};

function lookedAt({ tasks, quick }: VerifySubject): readonly Task[] {
  const every = quick ? Math.ceil(tasks.length / 40) : 1;
  return tasks.filter((_, index) => index % every === 0);
}
