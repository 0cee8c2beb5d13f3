import type { LawOptions } from "../../../../src/testing/index.ts";
import type { LearnabilitySubject, ProblemKind } from "../../../../src/testing/learnability/index.ts";

/** An environment with tasks, and what the probe ought to say of it. Written down before the probe was first run on it. */
export interface Planted {
  /** What the author got wrong, or what there is to learn where nothing is wrong. */
  readonly about: string;
  /** Kinds of problem that name the mistake, the best one first; none where nothing is wrong. */
  readonly expected: readonly ProblemKind[];
  /**
   * Thresholds of the probe may be chosen by looking at the `tuning` half. `reporting` was for reporting alone, until the detector was
   * revised on both; `fresh` was written apart from that revision, to report on it.
   */
  readonly half: "tuning" | "reporting" | "fresh";
  /** How its laws are tried; absent where a test of its own sees to them. */
  readonly laws?: Omit<LawOptions, "hints">;
  readonly make: () => LearnabilitySubject;
}
