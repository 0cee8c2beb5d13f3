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
  /** A finding to know of that need not be a defect. */
  readonly information?: true;
  /** The figures that it rests on. */
  readonly evidence: string;
}

export const problem = (kind: ProblemKind, evidence: string): Problem => ({ kind, evidence });

/** Figures as evidence has them. */
export const figure = (value: number): string => value.toFixed(3);
export const signed = (value: number): string => `${value < 0 ? "" : "+"}${figure(value)}`;
export const withInterval = (parts: {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}): string => {
  const { mean: middle, low, high } = parts;
  return low === undefined || high === undefined
    ? signed(middle)
    : `${signed(middle)} [${signed(low)}, ${signed(high)}]`;
};
