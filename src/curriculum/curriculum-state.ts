import { z } from "zod";
import type { Split } from "../task/parts.ts";
import type { Task } from "../task/task.ts";
import { signals } from "./collapse.ts";
import { Decision } from "./decision.ts";
import type { Curriculum } from "./define-curriculum.ts";
import { drawBatch } from "./draw-batch.ts";
import { History, noHistory } from "./history.ts";
import type { Stage } from "./stage.ts";
import { stageTasks } from "./stage-tasks.ts";
import { TaskStatistics } from "./task-statistics.ts";

/** Where a run stands in a curriculum. Plain JSON: written down and read back, it goes on just the same. */
export const CurriculumState = z.strictObject({
  seed: z.int(),
  status: z.enum(["running", "finished", "stopped"]),
  /** Optimiser steps made, those that were rolled back included: it only grows, so no checkpoint's name comes twice. */
  step: z.int().nonnegative(),
  /** Index of the stage. */
  stage: z.int().nonnegative(),
  /** The step at which the stage began. */
  enteredAt: z.int().nonnegative(),
  /** Of the stage. */
  history: History,
  /** Of the stage's rollouts: other rewards and hints make other means. */
  statistics: TaskStatistics,
  /** Signals of collapse that stood at the last report. */
  standing: z.array(z.enum(signals)),
  /** In the stage. */
  rollBacks: z.int().nonnegative(),
  /** The log, oldest first. */
  decisions: z.array(Decision),
});
export type CurriculumState = z.output<typeof CurriculumState>;

/** The state before training. The seed decides batches and ties between equally easy tasks. */
export function startCurriculum({ stages }: Curriculum, seed: number): CurriculumState {
  if (!Number.isSafeInteger(seed)) throw new Error(`the seed of a curriculum is ${seed}; give a whole number`);
  const start: Decision = { step: 0, stage: stages[0]!.name, kind: "start", rule: "order", numbers: {} };
  return {
    seed,
    status: "running",
    step: 0,
    stage: 0,
    enteredAt: 0,
    history: noHistory,
    statistics: {},
    standing: [],
    rollBacks: 0,
    decisions: [start],
  };
}

/** The stage that runs, or ran last. */
export const stageOf = ({ stages }: Curriculum, state: CurriculumState): Stage => stages[state.stage]!;

/** Steps made in the stage, those that were rolled back included. */
export const stepsInStage = ({ step, enteredAt }: CurriculumState): number => step - enteredAt;

/** The tasks of the next step. `except` are the ids drawn for it already, where groups without variance are replaced. */
export function nextBatch(
  curriculum: Curriculum,
  state: CurriculumState,
  split: Split,
  refill?: { readonly count: number; readonly except: readonly string[] },
): Task[] {
  const stage = stageOf(curriculum, state);
  return drawBatch(stageTasks(stage, split, state.seed), {
    sampling: stage.sampling,
    count: refill?.count ?? stage.batch.tasks,
    seed: state.seed,
    step: stepsInStage(state),
    statistics: state.statistics,
    ...(refill ? { except: refill.except } : {}),
  });
}
