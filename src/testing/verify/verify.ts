import type { Check, CheckResult, Finding } from "./check.ts";
import { isKnown, type KnownFinding } from "./known-findings.ts";
import type { VerifySubject } from "./subject.ts";

export interface CheckReport extends Omit<CheckResult, "findings"> {
  readonly name: string;
  readonly statement: string;
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
  for (const check of checks) {
    const start = performance.now();
    const { findings, ...result } = await check.run(subject);
    const { name, statement } = check;
    const report = {
      ...{ name, statement, ...result },
      findings: findings.filter((one) => !isKnown(name, one, known)),
      known: findings.filter((one) => isKnown(name, one, known)),
      milliseconds: performance.now() - start,
    };
    reports.push(report);
    onCheck(report);
  }
  return reports;
}
