export { type Arm, type ArmName, armNames, arms } from "./arms.ts";
export type { HintEffect } from "./hint-effects.ts";
export { type GeneratedSubject, type GivenSubject, generatedSubject, givenSubject } from "./make-subject.ts";
export { type LearnabilityOptions, probeLearnability } from "./probe-learnability.ts";
export { type Problem, type ProblemKind, problemKinds } from "./problem.ts";
export type { ArmReport, Contrast, LearnabilityReport } from "./report.ts";
export type { LearnabilitySubject } from "./subject.ts";
