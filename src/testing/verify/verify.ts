import { DataError } from "../../task/problem.ts";
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
    const { findings, ...result } = await runOf(check, subject);
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

/** A tool that throws ends a check, and not the report: what the laws and the ground truths say of it names the place. */
async function runOf(check: Check, subject: VerifySubject): Promise<CheckResult> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (error instanceof DataError) throw error;
    const told = error instanceof Error ? `${error.name}: ${error.message}` : `a thrown ${typeof error}`;
    const finding = {
      problem: `it could not be looked at to the end (${told.slice(0, 300)})`,
      fix: "something throws where it should fail; laws and ground-truths name the tool and the call",
    };
    return { findings: [finding], figures: {} };
  }
}
