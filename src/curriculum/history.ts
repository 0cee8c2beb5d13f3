import { z } from "zod";

/** `null` stands for NaN and infinity, which JSON has not. */
const figure = z.number().nullable();

/** What training measured in one optimiser step. */
export const TrainingFigures = z.strictObject({
  /** Before clipping; null where it was not finite. */
  gradientNorm: figure.optional(),
  /** Mean entropy of the policy, in nats a token. */
  entropy: figure.optional(),
  /** Share of the model's messages that could not be read. */
  formatErrors: z.number().min(0).max(1).optional(),
  /** Mean of the step's rollouts under the stage's reward. */
  reward: z.number().optional(),
});
export type TrainingFigures = z.output<typeof TrainingFigures>;

/**
 * What was measured on the validation families. The part is written down so that figures of the test cannot be passed off as
 * these; `validationFigures` makes them from results and checks every task.
 */
export const ValidationFigures = z.strictObject({
  part: z.literal("validation"),
  tasks: z.int().positive(),
  /** Share of the tasks that were solved whole, in the evaluation setting. */
  accuracy: z.number().min(0).max(1),
  /** Means under rewards, by the spec that stages name them with; needed where a rule reads a stage's reward. */
  rewards: z.record(z.string(), z.number()).optional(),
});
export type ValidationFigures = z.output<typeof ValidationFigures>;

/** What was measured in the stage that runs, oldest first; what a roll-back undid is left out. */
export const History = z.strictObject({
  training: z.array(TrainingFigures.extend({ step: z.int().positive() })),
  validation: z.array(ValidationFigures.extend({ step: z.int().nonnegative() })),
});
export type History = z.output<typeof History>;

export const noHistory: History = { training: [], validation: [] };

/** The best validation, the earliest of equals; undefined before the first. */
export function bestValidation({ validation }: History): History["validation"][number] | undefined {
  return validation.reduce<History["validation"][number] | undefined>(
    (best, each) => (best === undefined || each.accuracy > best.accuracy ? each : best),
    undefined,
  );
}
