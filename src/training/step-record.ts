import { z } from "zod";
import { Decision } from "../curriculum/decision.ts";
import { categories } from "../task/task.ts";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const seconds = z.number().nonnegative();

/** How the model does on validation tasks under evaluation rules. Shares from 0 to 1. */
export const ValidationRecord = z.strictObject({
  tasks: count,
  /** Hints off. */
  accuracy: share,
  accuracyByCategory: z.partialRecord(z.enum(categories), share),
  /** Mean share of turns achieved, hints off. */
  progress: share,
  rewards: z.record(z.string(), z.number()),
  failedCallsPerTurn: z.number().nonnegative(),
  formatErrors: share,
  /** The same tasks with hints on, and accuracy with minus without: what the model owes to hints. */
  withHints: z.strictObject({ level: z.string(), accuracy: share, hintReliance: z.number() }).optional(),
});
export type ValidationRecord = z.output<typeof ValidationRecord>;

/** What one optimiser step brought, or, at step 0, the validation before any: a line of a training run's `steps.jsonl`. */
export const StepRecord = z.strictObject({
  step: count,
  stage: z.string(),
  training: z
    .strictObject({
      /** The version of the weights that played, which may be older than those that were trained. */
      sampledBy: count,
      /** Mean over the episodes trained on or left out for lack of variance. */
      reward: z.number(),
      /** The stage's floor: what the best scripted baseline earns. */
      floor: z.number().optional(),
      episodes: count,
      /** With two faultless rollouts at least: those that were played, those of them that make the step, those that earned the same. */
      groups: z.strictObject({ played: count, trained: count, withoutVariance: count, refilled: count }),
      /** Mean over groups of the standard deviation of their rewards. */
      groupDeviation: z.number().nonnegative(),
      /** Before clipping; null where it was not finite. */
      gradientNorm: z.number().nullable().optional(),
      /** Estimated as the mean of -logprob over sampled tokens, in nats a token. */
      entropy: z.number().nullable(),
      /** Share of the model's messages that could not be read. */
      formatErrors: share,
      failedCallsPerTurn: z.number().nonnegative(),
      truncatedEpisodes: count,
      cutMessages: count,
      /** Episodes left out, by whose fault it was. */
      faults: z.strictObject({ episode: count, endpoint: count, harness: count }),
      /** Largest and mean difference between the sampler's and the trainer's log-probabilities of the sampled tokens. */
      logprobGap: z.strictObject({ largest: z.number(), mean: z.number() }),
      /** Mean of logprob minus the reference's, in nats a token, where a KL term is on. */
      kl: z.number().optional(),
      /** Mean of -logprob of what is imitated, in nats a token: of a supervised step. */
      loss: z.number().optional(),
      learningRate: z.number(),
      tokens: z.strictObject({ prompt: count, sampled: count, longest: count }),
      seconds: z.strictObject({
        sampling: seconds,
        environment: seconds,
        training: seconds,
        driver: seconds,
        total: seconds,
      }),
    })
    .optional(),
  validation: ValidationRecord.optional(),
  decisions: z.array(Decision),
});
export type StepRecord = z.output<typeof StepRecord>;
