import type { VerifySubject } from "./subject.ts";

/** Something that is wrong, where, and what to do about it. Turns and calls count from 0. */
export interface Finding {
  readonly environment?: string;
  readonly tool?: string;
  readonly task?: string;
  readonly turn?: number;
  /** Which call of the turn's ground truth. */
  readonly call?: number;
  readonly problem: string;
  readonly fix: string;
}

/** What a check measured, by name in words; shares are from 0 to 1. */
export type Figures = Readonly<Record<string, number>>;

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly figures: Figures;
  /** What an author should look at, and nothing more: it does not fail the check. */
  readonly remarks?: readonly Finding[];
}

/** One thing that must be so of environments and their tasks. */
export interface Check {
  readonly name: string;
  /** Whether it needs tasks; where there are none, it is skipped. */
  readonly ofTasks: boolean;
  readonly statement: string;
  run(subject: VerifySubject): CheckResult | Promise<CheckResult>;
}
