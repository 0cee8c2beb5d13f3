/** What the probe can find wrong with an environment, its tasks, its reward or its hints. */
export const problemKinds = [
  "unlearnable",
  "vanishing-signal",
  "saturated",
  "gameable-reward",
  "does-not-transfer",
  "lying-hints",
  "hint-dependence",
  "hints-without-effect",
] as const;
export type ProblemKind = (typeof problemKinds)[number];

export interface Problem {
  readonly kind: ProblemKind;
  /** A finding to know of that need not be a defect: `hints-without-effect` alone. */
  readonly information?: true;
  /** The figures that it rests on. */
  readonly evidence: string;
}
