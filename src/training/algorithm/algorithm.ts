import { z } from "zod";
import type { Loss, Optimiser } from "../trainer.ts";
import type { Aggregation } from "./datums.ts";

const clip = z.number().gt(0).lt(1);
const positive = z.number().positive();
const decay = z.number().min(0).lt(1);

const LossName = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("cross_entropy") }),
  z.strictObject({ name: z.literal("importance_sampling") }),
  z.strictObject({ name: z.literal("ppo"), clipLow: clip, clipHigh: positive }),
]) satisfies z.ZodType<Loss>;

const Kl = z.strictObject({
  /** In units of the advantages. */
  coefficient: positive,
  /** A term of the loss, or subtracted from the advantages: two different estimates, see `withKlOnAdvantages`. */
  placement: z.enum(["loss", "advantages"]),
});

const OptimiserFields = z.strictObject({
  learningRate: positive,
  beta1: decay,
  beta2: decay,
  epsilon: positive,
  weightDecay: z.number().nonnegative(),
  gradientClip: positive.exactOptional(),
}) satisfies z.ZodType<Optimiser>;

const Batch = z.strictObject({ tasks: z.int().positive(), groupSize: z.int().min(2) });

/** How rollouts become a step: plain JSON, for manifests. One optimiser step is made of each batch. */
export const Algorithm = z.strictObject({
  loss: LossName,
  aggregation: z.enum(["sequenceMean", "tokenMean"]) satisfies z.ZodType<Aggregation>,
  /** Whether a group's advantages are divided by the deviation of its rewards. */
  divideByDeviation: z.boolean(),
  kl: z.union([z.literal(false), Kl]),
  optimiser: OptimiserFields,
  /** Of training rollouts. Only 1: trainers measure log-probabilities at no other, so ratios would be wrong. */
  temperature: z.literal(1),
  /** In every stage, instead of the stage's own. */
  batch: Batch.partial(),
  /**
   * Groups that earned the same throughout: they count in the mean of the loss, moved by nothing but a KL term; or they are left
   * out; or other tasks are drawn in their place, once.
   */
  constantGroups: z.enum(["train", "leaveOut", "refill"]),
  /** Episodes that were cut off for too many steps or tokens: trained on with what they earned, or left out of the loss. */
  truncatedEpisodes: z.enum(["train", "leaveOut"]),
});
export type Algorithm = z.output<typeof Algorithm>;

/** What may be changed of a preset; fields that are not given stay the preset's. */
export const AlgorithmOverrides = Algorithm.extend({
  kl: z.union([z.literal(false), Kl.partial()]),
  optimiser: OptimiserFields.partial(),
}).partial();
export type AlgorithmOverrides = z.input<typeof AlgorithmOverrides>;
