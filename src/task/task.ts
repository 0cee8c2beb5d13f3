import { z } from "zod";
import { Goal } from "./goal.ts";

/** A call of the ground truth: arguments by name, as JSON (see `PyValue` for what BFCL's environments need beyond it). */
export const TaskCall = z.strictObject({
  tool: z.string().min(1),
  args: z.record(z.string(), z.unknown()).default({}),
});
export type TaskCall = z.output<typeof TaskCall>;

/** One user message and what should follow it. */
export const TaskTurn = z.strictObject({
  user: z.string(),
  /** The ground truth; empty where the right answer is to call nothing. */
  groundTruth: z.array(TaskCall),
  /** Judges the turn in place of the ground truth's state and results, where there is more than one right way. */
  goal: Goal.optional(),
  /** Tools hidden from this turn on. */
  holdOut: z.array(z.string()).optional(),
  /** Hidden tools offered again from this turn on. */
  release: z.array(z.string()).optional(),
});
export type TaskTurn = z.output<typeof TaskTurn>;

export const categories = ["base", "miss_func", "miss_param", "long_context"] as const;

/** A problem instance: where it starts, what the user says, and what a right solution does. One line of a JSONL file. */
export const Task = z.strictObject({
  id: z.string().min(1),
  /** Variants of one conversation share a family; splits and intervals go by family. */
  family: z.string().min(1),
  category: z.enum(categories),
  /** The environments it runs in, joined in this order. */
  environments: z.array(z.string()).min(1),
  /** The config of each environment by name; one that is left out starts from its defaults. */
  config: z.record(z.string(), z.unknown()).default({}),
  /** Whether states are filled up with the dataset's extension pack. */
  longContext: z.boolean().default(false),
  /** Tools that no solution may use; profile `strict` heeds them, `bfcl` does not. */
  excluded: z.array(z.string()).optional(),
  turns: z.array(TaskTurn).min(1),
});
export type Task = z.output<typeof Task>;
