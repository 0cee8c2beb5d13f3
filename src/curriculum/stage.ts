import { z } from "zod";
import type { HintLevel } from "../feedback/level.ts";
import { hintLevels } from "../feedback/level.ts";
import { annealed, checkLevelMix, type LevelMix } from "../feedback/level-mix.ts";
import { categories } from "../task/task.ts";
import { Measure, TransitionRule } from "./transition.ts";

const Level = z.enum(hintLevels);
const Mix = z.partialRecord(Level, z.number()).superRefine((mix, context) => {
  try {
    checkLevelMix(mix as LevelMix);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
  }
});

/** From one level to another, evenly over so many steps of the stage; the last level stays. */
const Annealing = z.strictObject({ from: Level, to: Level, overSteps: z.int().positive() });
export type Annealing = z.output<typeof Annealing>;

/** Which tasks of the train part a stage learns from; all of them where nothing is said. */
export const TaskFilter = z.strictObject({
  categories: z.array(z.enum(categories)).min(1).optional(),
  /** Tasks all of whose environments are among these. */
  environments: z.array(z.string().min(1)).min(1).optional(),
  /** At most so many, the easiest first: fewest calls in the ground truth, then fewest turns, then as the seed has it. */
  most: z.int().positive().optional(),
});
export type TaskFilter = z.output<typeof TaskFilter>;

/** A mean reward from `low` to `high`, both included: the task is neither mastered nor out of reach. */
export const Band = z
  .strictObject({ low: z.number(), high: z.number() })
  .refine(({ low, high }) => low <= high, "low must not be above high");
export type Band = z.output<typeof Band>;

/** Which of a stage's tasks make the next batch. */
export const Sampling = z.discriminatedUnion("by", [
  /** Each task once before any comes again. */
  z.strictObject({ by: z.literal("uniform") }),
  /** As many of each group as of any other, however many tasks it has. */
  z.strictObject({ by: z.literal("balanced"), over: z.enum(["category", "family", "environments"]) }),
  /** Tasks in the band, and such as have not been seen, before others; the weights say how much. */
  z.strictObject({
    by: z.literal("boundary"),
    band: Band,
    weights: z
      .strictObject({ inBand: z.number().positive(), unseen: z.number().positive(), outside: z.number().positive() })
      .default({ inBand: 1, unseen: 1, outside: 0.1 }),
  }),
]);
export type Sampling = z.output<typeof Sampling>;

/** One stage: which tasks, which reward, which prompt and hints, how far an episode may go, and when it is over. */
export const Stage = z.strictObject({
  name: z.string().min(1),
  data: TaskFilter.prefault({}),
  /** A reward's spec, such as "progress" or "0.9*progress+0.1*format". */
  reward: z.string().min(1),
  prompt: z.enum(["standard", "resourceful"]),
  hints: z.union([Level, Annealing, Mix]),
  turnFeedback: Level.default("off"),
  limits: z.strictObject({
    /** Attempts in a turn. */
    stepLimit: z.int().positive(),
    /** Tokens of the whole conversation, prompt included. */
    tokenLimit: z.int().positive().optional(),
    /** Tokens that the conversation may add to its first prompt. */
    responseTokens: z.int().positive().optional(),
  }),
  /** Tasks in a step, and rollouts of each. */
  batch: z.strictObject({ tasks: z.int().positive(), groupSize: z.int().min(2) }),
  sampling: Sampling.default({ by: "uniform" }),
  transition: TransitionRule,
  /** The stage is left out where its first validation is at `least` already. */
  skip: z.strictObject({ measure: Measure.default("accuracy"), least: z.number() }).optional(),
  /** What the best scripted baseline earns in this stage under its reward; the collapse monitor reads it. */
  floor: z.number().optional(),
});
export type Stage = z.output<typeof Stage>;
export type PromptName = Stage["prompt"];

/** The hints of a stage when `steps` of its steps have been made. */
export function hintsAt({ hints }: Pick<Stage, "hints">, steps: number): HintLevel | LevelMix {
  if (typeof hints === "string") return hints;
  if ("overSteps" in hints) {
    const { from, to, overSteps } = hints as Annealing;
    return annealed(from, to, steps / overSteps);
  }
  return hints as LevelMix;
}
