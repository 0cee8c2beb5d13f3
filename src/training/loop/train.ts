import { setMaxListeners } from "node:events";
import { startCurriculum } from "../../curriculum/curriculum-state.ts";
import type { Curriculum } from "../../curriculum/define-curriculum.ts";
import { DataError } from "../../task/problem.ts";
import { endOf } from "./budget.ts";
import { lookAhead } from "./look-ahead.ts";
import { publish, requireServed } from "./publish.ts";
import { openRunFolder } from "./run-folder.ts";
import { neededPaths, type RunState } from "./run-state.ts";
import { stageFloors, withFloors } from "./stage-floors.ts";
import type { Standing } from "./standing.ts";
import { firstValidation, nextStep } from "./step.ts";
import { manifestOf } from "./train-manifest.ts";
import type { TrainOptions, TrainResult } from "./train-options.ts";
import { type TrainingRun, trainingRun } from "./training-run.ts";

/**
 * Trains through a curriculum, one optimiser step after the other, and keeps in the folder what happened. A folder with an unfinished
 * run goes on from its last whole step, as if it had not been interrupted. Throws a `DataError` for options that cannot be, and an
 * `EndpointError` where the server fails or does not serve what it trained; the folder then holds the state before that step.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  requirePossible(options);
  const { signal = new AbortController().signal, budget, onStep } = options;
  // Every request that waits listens to it.
  setMaxListeners(0, signal);
  const curriculum = withBatches(options);
  const folder = await openRunFolder(options.folder, manifestOf(options, curriculum), options.fresh);
  let state = folder.state;
  const over = state && endOf(state, budget);
  if (over) return resultOf(over, state);
  try {
    const floors = state?.floors ?? (needsFloors(curriculum) ? await stageFloors(curriculum, options) : {});
    const run = trainingRun(options, withFloors(curriculum, floors));
    let standing: Standing;
    if (state) standing = await resume(run, state, signal);
    else {
      const started = await start(run, options, floors, signal);
      standing = started.next;
      await folder.commit(started.files, standing.state);
      onStep?.(started.files.record);
    }
    state = standing.state;
    for (;;) {
      const ended = endOf(state, budget);
      if (ended) {
        standing.ahead?.abandon();
        return resultOf(ended, state);
      }
      const { files, next } = await nextStep(run, standing, signal);
      await folder.commit(files, next.state);
      onStep?.(files.record);
      await forget(run, state, next.state);
      standing = next;
      state = next.state;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return resultOf("interrupted", state);
  }
}

/** The first weights, kept and published, and validated where that is wanted. */
async function start(run: TrainingRun, { init }: TrainOptions, floors: RunState["floors"], signal: AbortSignal) {
  const { trainer } = run.backend;
  if (init !== undefined) await trainer.load(init, signal);
  const checkpoint = await trainer.save(run.checkpointName(0), signal);
  const sampler = await publish(run, 0, signal);
  const curriculum = startCurriculum(run.curriculum, run.seed);
  const version = { version: 0, path: sampler.path };
  const state: RunState = {
    format: "envtune training 1",
    ...{ curriculum, checkpoint, floors, sampler: version },
    checkpoints: { 0: checkpoint },
    ...(run.capabilities.samplers ? {} : { reference: version }),
    spent: { seconds: 0, promptTokens: 0, sampledTokens: 0, discardedEpisodes: 0 },
  };
  return firstValidation(run, { state, sampler }, signal);
}

/** The weights of a run's last step, in the trainer and published. */
async function resume(run: TrainingRun, state: RunState, signal: AbortSignal): Promise<Standing> {
  const { backend, capabilities } = run;
  await backend.trainer.load(state.checkpoint, signal);
  const { version, path } = state.sampler;
  if (capabilities.samplers) return { state, sampler: await publish(run, version, signal) };
  const sampler = await backend.openSampler(path, version, signal);
  await requireServed(run, sampler, signal);
  if (!state.ahead) return { state, sampler };
  const { ahead } = state;
  const played = lookAhead(run, ahead.curriculum, await run.samplerAt(ahead.sampler), signal);
  return { state, sampler, ahead: played };
}

/** Deletes weights that were needed and no longer are. What cannot be deleted stays; it is in nobody's way. */
async function forget({ backend }: TrainingRun, before: RunState, after: RunState): Promise<void> {
  const needed = neededPaths(after);
  for (const path of neededPaths(before)) if (!needed.has(path)) await backend.forget?.(path).catch(() => {});
}

function resultOf(ended: TrainResult["ended"], state: RunState | undefined): TrainResult {
  if (!state)
    return {
      ...{ ended, steps: 0, checkpoint: "" },
      spent: { seconds: 0, promptTokens: 0, sampledTokens: 0, discardedEpisodes: 0 },
    };
  const { curriculum, checkpoint, best, spent } = state;
  return { ended, steps: curriculum.step, checkpoint, spent, ...(best ? { best } : {}) };
}

/** What an algorithm says of batches holds in every stage. */
function withBatches({ curriculum, algorithm }: TrainOptions): Curriculum {
  const { tasks, groupSize } = algorithm.batch;
  return {
    ...curriculum,
    stages: curriculum.stages.map((stage) => ({
      ...stage,
      batch: { tasks: tasks ?? stage.batch.tasks, groupSize: groupSize ?? stage.batch.groupSize },
    })),
  };
}

const needsFloors = ({ collapse }: Curriculum): boolean => collapse.rewardFloor !== false;

function requirePossible({ backend, staleness, validateEvery, split, algorithm }: TrainOptions): void {
  if (staleness === 1 && backend.capabilities.samplers === "until-next-step")
    throw new DataError(
      "--staleness 1: this server serves published weights only until the next step; leave it out for 0",
    );
  if (validateEvery > 0 && split.validation.length === 0)
    throw new DataError(
      "there are no validation tasks; take tasks of more families, or give --validate-every 0 to train without validation",
    );
  if (algorithm.loss.name === "cross_entropy" && staleness === 1)
    throw new DataError("--staleness 1: supervised training plays nothing; leave it out");
}
