import { lintHints, lintRules } from "../lint-hints.ts";
import type { Check } from "./check.ts";
import { truthOf, type VerifySubject } from "./subject.ts";

/** Random calls a task, and in all: few tasks are walked about in for longer. */
const leastSteps = 20;
const leastInAll = 600;

export const hintLintCheck: Check = {
  name: "hint-lint",
  statement: "no hint breaks a rule: each failure has one, true, short, and telling nothing of what is to come",
  run(subject) {
    const steps = Math.max(leastSteps, Math.ceil(leastInAll / Math.max(1, subject.tasks.length)));
    const report = lintHints(subject.hints, truths(subject), subject.seed, steps);
    const { failures, met, declared, unmet, findings, exceptions } = report;
    return {
      findings: findings.map(({ rule, tool, code, detail, task, times }) => ({
        ...{ tool, task },
        problem: `the hint on '${code}' breaks '${rule}' ${times} times: ${detail.slice(0, 300)}`,
        fix: `${lintRules[rule]}: correct the hint on ${tool}.${code}`,
      })),
      remarks: unmet.map(({ tool, code }) => ({
        tool,
        problem: `no walk through the tasks met '${code}', so its hint was not looked at`,
        fix: "a task, or candidates of the tool, that lead there",
      })),
      figures: { failures, met, declared, exceptions: exceptions.reduce((sum, { times }) => sum + times, 0) },
    };
  },
};

function* truths(subject: VerifySubject) {
  const { tasks, quick } = subject;
  const every = quick ? Math.ceil(tasks.length / 40) : 1;
  for (const [index, task] of tasks.entries()) if (index % every === 0) yield truthOf(subject, task);
}
