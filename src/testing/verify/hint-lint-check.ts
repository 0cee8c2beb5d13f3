import { lintHints, lintRules } from "../lint-hints.ts";
import type { Check } from "./check.ts";
import { truthOf, type VerifySubject } from "./subject.ts";

export const hintLintCheck: Check = {
  name: "hint-lint",
  statement: "no hint breaks a rule: each failure has one, true, short, and telling nothing of what is to come",
  run(subject) {
    const report = lintHints(subject.hints, truths(subject), subject.seed);
    const { failures, met, declared, findings, exceptions } = report;
    return {
      findings: findings.map(({ rule, tool, code, detail, task, times }) => ({
        ...{ tool, task },
        problem: `the hint on '${code}' breaks '${rule}' ${times} times: ${detail.slice(0, 300)}`,
        fix: `${lintRules[rule]}: correct the hint on ${tool}.${code}`,
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
