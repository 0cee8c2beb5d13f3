import { DataError } from "../../task/problem.ts";
import type { Check, CheckResult, Finding } from "./check.ts";
import { isKnown, type KnownFinding } from "./known-findings.ts";
import { isThrown, thrown } from "./look-at-tasks.ts";
import type { VerifySubject } from "./subject.ts";

export interface CheckReport extends Omit<CheckResult, "findings"> {
  readonly name: string;
  readonly statement: string;
  /** Whether there was nothing to look at: the check needs tasks, and there are none. */
  readonly skipped: boolean;
  /** Those that are not known. */
  readonly findings: readonly Finding[];
  readonly known: readonly Finding[];
  readonly milliseconds: number;
}

/** Runs checks one after the other. `onCheck` is told of each when it is done. */
export async function verify(
  subject: VerifySubject,
  checks: readonly Check[],
  known: readonly KnownFinding[] = [],
  onCheck: (report: CheckReport) => void = () => {},
): Promise<readonly CheckReport[]> {
  const reports: CheckReport[] = [];
  const told = new Set<string>();
  for (const check of checks) {
    const start = performance.now();
    const { name, statement } = check;
    const skipped = check.ofTasks && subject.tasks.length === 0;
    const { findings: all, ...result } = skipped ? { findings: [], figures: {} } : await resultOf(check, subject);
    // A task that throws in one check does so in the next ones too.
    const findings = all.filter((one) => one.task === undefined || !isThrown(one) || !told.has(keyOf(one)));
    for (const one of findings) told.add(keyOf(one));
    const report = {
      ...{ name, statement, skipped, ...result },
      findings: findings.filter((one) => !isKnown(name, one, known)),
      known: findings.filter((one) => isKnown(name, one, known)),
      milliseconds: performance.now() - start,
    };
    reports.push(report);
    onCheck(report);
  }
  return reports;
}

const keyOf = ({ task, problem }: Finding): string => JSON.stringify([task, problem]);

/** A check that cannot be made to its end has not been passed. */
async function resultOf(check: Check, subject: VerifySubject): Promise<CheckResult> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (error instanceof DataError) throw error;
    return { findings: [thrown(error)], figures: {} };
  }
}
