import { z } from "zod";
import type { History } from "./history.ts";
import { maximum, mean, median } from "./numbers.ts";

/** What a rule reads of a validation: the share of tasks solved, or the mean under the stage's own reward. */
export const Measure = z.enum(["accuracy", "reward"]);
export type Measure = z.output<typeof Measure>;

/** The validation has stopped rising: `patience` validations in a row have not lifted its moving mean. */
const Plateau = z.strictObject({
  measure: Measure.default("accuracy"),
  /** Validations in the moving mean. */
  window: z.int().positive(),
  /** How far the moving mean must rise above its best to count as a gain, in the measure's own unit. */
  minimumGain: z.number().nonnegative(),
  /** Validations in a row without such a gain. */
  patience: z.int().positive(),
});

/** The gradient norm is stable: of the last `window` steps, the largest is at most `mostRatio` times the median. */
const StableGradient = z.strictObject({ window: z.int().min(2), mostRatio: z.number().min(1) });

/**
 * When a stage is over: after so many steps, or when validation has a plateau and, where asked for, the gradient norm is
 * stable (paper, Remark 3.1, which gives no numbers). Steps are optimiser steps in the stage.
 */
export const TransitionRule = z.discriminatedUnion("when", [
  z.strictObject({ when: z.literal("fixedSteps"), steps: z.int().positive() }),
  z.strictObject({
    when: z.literal("plateau"),
    plateau: Plateau,
    stableGradient: StableGradient.optional(),
    /** No plateau counts before this many steps. */
    minimumSteps: z.int().nonnegative(),
    /** The stage is over after this many, plateau or not. */
    maximumSteps: z.int().positive(),
  }),
]);
export type TransitionRule = z.output<typeof TransitionRule>;

/** Whether a stage is over, by which rule, and the numbers that say so. */
export interface Verdict {
  readonly isOver: boolean;
  readonly rule: "fixedSteps" | "maximumSteps" | "plateau";
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** What a stage's rule says of its history. `values` are the validations under the measure that the rule reads. */
export function transitionVerdict(
  rule: TransitionRule,
  { steps, training }: { readonly steps: number; readonly training: History["training"] },
  values: readonly number[],
): Verdict {
  if (rule.when === "fixedSteps")
    return { isOver: steps >= rule.steps, rule: "fixedSteps", numbers: { steps, of: rule.steps } };
  const { plateau, stableGradient, minimumSteps, maximumSteps } = rule;
  const course = plateauOf(values, plateau);
  const ratio = stableGradient ? gradientRatio(training, stableGradient.window) : undefined;
  const numbers = {
    steps,
    ...course,
    patience: plateau.patience,
    ...(stableGradient ? { gradientRatio: ratio ?? null, mostRatio: stableGradient.mostRatio } : {}),
  };
  const isFlat = course.withoutGain >= plateau.patience;
  const isStable = !stableGradient || (ratio !== undefined && ratio <= stableGradient.mostRatio);
  if (steps >= minimumSteps && isFlat && isStable) return { isOver: true, rule: "plateau", numbers };
  return { isOver: steps >= maximumSteps, rule: "maximumSteps", numbers: { ...numbers, of: maximumSteps } };
}

/** The moving mean now, its best, and for how many validations it has not gained on that. */
function plateauOf(values: readonly number[], { window, minimumGain }: z.output<typeof Plateau>) {
  let bestMean: number | null = null;
  let windowMean: number | null = null;
  let withoutGain = 0;
  for (let end = window; end <= values.length; end++) {
    windowMean = mean(values.slice(end - window, end));
    if (bestMean === null) bestMean = windowMean;
    else if (windowMean > bestMean && windowMean >= bestMean + minimumGain) {
      bestMean = windowMean;
      withoutGain = 0;
    } else withoutGain += 1;
  }
  return { windowMean, bestMean, withoutGain };
}

/** Undefined before there are enough steps, and while one of them is not finite. */
function gradientRatio(training: History["training"], window: number): number | undefined {
  const norms = training.slice(-window).map(({ gradientNorm }) => gradientNorm);
  const finite = norms.filter((norm) => typeof norm === "number");
  if (finite.length < window) return undefined;
  const middle = median(finite);
  return middle > 0 ? maximum(finite) / middle : undefined;
}
