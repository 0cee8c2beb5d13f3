import { type CurriculumState, stageOf } from "../../curriculum/curriculum-state.ts";
import type { Sampler } from "../sampler.ts";
import { type Batch, collectBatch } from "./collect-batch.ts";
import type { TrainingRun } from "./training-run.ts";

/** The rollouts of a step to come, played while another one trains. */
export interface LookAhead {
  /** What they are drawn from: the curriculum as it was, at the step before theirs. */
  readonly curriculum: CurriculumState;
  readonly sampler: Sampler;
  readonly episodes: number;
  readonly batch: Promise<Batch>;
  /** Ends them. */
  abandon(): void;
}

export function lookAhead(
  run: TrainingRun,
  curriculum: CurriculumState,
  sampler: Sampler,
  signal: AbortSignal,
): LookAhead {
  const end = new AbortController();
  const batch = collectBatch(run, curriculum, sampler, AbortSignal.any([signal, end.signal]));
  // Whoever waits for it has the error; until then nobody does.
  batch.catch(() => {});
  const { tasks, groupSize } = stageOf(run.curriculum, curriculum).batch;
  return { curriculum, sampler, episodes: tasks * groupSize, batch, abandon: () => end.abort() };
}
