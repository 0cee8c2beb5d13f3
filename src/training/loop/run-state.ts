import { z } from "zod";
import { CurriculumState } from "../../curriculum/curriculum-state.ts";

const count = z.int().nonnegative();
const Version = z.strictObject({ version: count, path: z.string() });

/** Where a training run stands between two steps: `state.json`. */
export const RunState = z.strictObject({
  format: z.literal("envtune training 1"),
  curriculum: CurriculumState,
  /** Of the trainer's weights. */
  checkpoint: z.string(),
  /** The sampler of these weights. */
  sampler: Version,
  /** Checkpoints that a roll-back may go to, by step. */
  checkpoints: z.record(z.string(), z.string()),
  /** The sampler that KL is measured against; the base model where none is named. */
  reference: Version.optional(),
  /** With staleness: what the next step's rollouts are drawn from and played by. */
  ahead: z.strictObject({ curriculum: CurriculumState, sampler: Version }).optional(),
  best: z.strictObject({ step: count, accuracy: z.number(), checkpoint: z.string() }).optional(),
  /** Floors of stages, by name. */
  floors: z.record(z.string(), z.number()),
  /** Of all sittings. */
  spent: z.strictObject({
    seconds: z.number().nonnegative(),
    promptTokens: count,
    sampledTokens: count,
    discardedEpisodes: count,
  }),
});
export type RunState = z.output<typeof RunState>;

/** All weights on the server that a run needs: to go on, to roll back, to be read off at its end. */
export function neededPaths({ checkpoint, sampler, checkpoints, reference, ahead, best }: RunState): Set<string> {
  const samplers = [sampler, reference, ahead?.sampler].flatMap((one) => one?.path ?? []);
  return new Set([checkpoint, ...Object.values(checkpoints), ...samplers, ...(best ? [best.checkpoint] : [])]);
}
