import type { ArmName } from "./arms.ts";
import type { LearnabilityReport } from "./report.ts";
import type { LearnabilitySubject } from "./subject.ts";

export interface LearnabilityOptions {
  /** Times that each arm is trained from nothing (20). */
  readonly seeds?: number;
  /** All of them unless given. */
  readonly arms?: readonly ArmName[];
  /** Policy-gradient updates of a training. */
  readonly updates?: number;
  /** Episodes of a task in an update. */
  readonly groupSize?: number;
  readonly tasksPerUpdate?: number;
  /** 0 unless given; equal seeds give equal reports. */
  readonly seed?: number;
  readonly onProgress?: (done: number, all: number) => void;
  /** Aborted to give the probe up; what it throws comes through. */
  readonly signal?: AbortSignal;
}

/** Trains the linear policy in every arm and tests it, hints off, on the held-out families. Gives way to other work between runs. */
export async function probeLearnability(
  subject: LearnabilitySubject,
  options: LearnabilityOptions = {},
): Promise<LearnabilityReport> {
  throw new Error(`${subject.name}: not written yet ${JSON.stringify(options)}`);
}
