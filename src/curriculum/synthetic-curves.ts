import type { SeededRandom } from "../core/seeded-random.ts";

/** Where a simulated run stands. */
export interface CurveMoment {
  /** Index of the stage. */
  readonly stage: number;
  /** Steps in the stage that still count: a roll-back takes back those that it undid. */
  readonly age: number;
  readonly random: SeededRandom;
}

/** What a simulated step measures. */
export interface CurvePoint {
  readonly accuracy: number;
  readonly gradientNorm: number;
}

/** The course of a run that never took place: what its steps measure. */
export type SyntheticCurve = (moment: CurveMoment) => CurvePoint;

/** Average accuracies of the paper's Qwen2.5-7B: before the first stage and after each (Table 3). */
const paperAccuracies = [0.07, 0.155, 0.2583, 0.32, 0.3692];

const saturating = (from: number, to: number, age: number): number => to - (to - from) * Math.exp(-age / 15);

/** Each stage lifts the accuracy as Table 3 has it; `noise` is a standard deviation. */
const learning =
  (noise: number): SyntheticCurve =>
  ({ stage, age, random }) => ({
    accuracy:
      saturating(paperAccuracies[stage]!, paperAccuracies[stage + 1] ?? paperAccuracies[stage]!, age) +
      noise * normal(random),
    gradientNorm: 0.35 + 0.03 * normal(random),
  });

/** The same gains at an even pace over 80 steps, as long as the paper's figures are: slow, but no plateau. */
const slow: SyntheticCurve = ({ stage, age, random }) => {
  const [from, to] = [paperAccuracies[stage]!, paperAccuracies[stage + 1] ?? paperAccuracies[stage]!];
  return {
    accuracy: from + (to - from) * Math.min(1, age / 80) + 0.01 * normal(random),
    gradientNorm: 0.35 + 0.03 * normal(random),
  };
};

/** Nothing is learnt from the outset. */
const flat =
  (accuracy: number, noise: number): SyntheticCurve =>
  ({ random }) => ({ accuracy: accuracy + noise * normal(random), gradientNorm: 0.35 + 0.03 * normal(random) });

/** Read off Fig. 6, single-stage training; the accuracy before its peak is only known to rise to it from the base model's 0.07. */
const collapseAccuracy = [
  [0, 0.07],
  [30, 0.13],
  [62, 0.17],
  [70, 0.16],
  [80, 0.05],
  [92, 0.03],
  [100, 0.03],
] as const;
const collapseGradient = [
  [0, 0.35],
  [65, 0.38],
  [75, 1.5],
  [82, 1],
  [91, 2.9],
  [100, 2.9],
] as const;

export const syntheticCurves = {
  healthy: learning(0.01),
  noisy: learning(0.03),
  slow,
  plateau: flat(0.155, 0.005),
  noisyPlateau: flat(0.155, 0.03),
  strong: flat(0.5, 0.02),
  collapse: ({ age, random }) => ({
    accuracy: between(collapseAccuracy, age) + 0.01 * normal(random),
    gradientNorm: between(collapseGradient, age) * (1 + 0.08 * normal(random)),
  }),
} as const satisfies Readonly<Record<string, SyntheticCurve>>;

export type CurveName = keyof typeof syntheticCurves;
export const curveNames = Object.keys(syntheticCurves) as CurveName[];

/** Straight lines between points. */
function between(points: readonly (readonly [number, number])[], at: number): number {
  const after = points.findIndex(([x]) => x >= at);
  if (after === -1) return points.at(-1)![1];
  const [right, left] = [points[after]!, points[Math.max(0, after - 1)]!];
  return right[0] === left[0] ? right[1] : left[1] + ((right[1] - left[1]) * (at - left[0])) / (right[0] - left[0]);
}

/** Near enough to a standard normal: twelve uniform numbers, less their mean. */
function normal(random: SeededRandom): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.number();
  return sum;
}
