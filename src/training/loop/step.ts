import { advanceCurriculum } from "../../curriculum/advance-curriculum.ts";
import { type CurriculumState, stageOf } from "../../curriculum/curriculum-state.ts";
import { bestValidation } from "../../curriculum/history.ts";
import type { Sampler } from "../sampler.ts";
import type { StepRecord } from "../step-record.ts";
import { collectBatch } from "./collect-batch.ts";
import { type LookAhead, lookAhead } from "./look-ahead.ts";
import { publish } from "./publish.ts";
import type { StepFiles } from "./run-folder.ts";
import type { RunState } from "./run-state.ts";
import type { Standing } from "./standing.ts";
import { rolloutStep, type StepWork, supervisedStep } from "./step-work.ts";
import type { TrainingRun } from "./training-run.ts";
import { type Validation, validate } from "./validate.ts";

/** Where the run stands after a step, and what is to be kept of it. */
interface Done {
  readonly files: StepFiles;
  readonly next: Standing;
}

/** Makes one step: rollouts, training, validation where it is due, and what the curriculum decides upon them. */
export async function nextStep(run: TrainingRun, standing: Standing, signal: AbortSignal): Promise<Done> {
  const { state, sampler } = standing;
  const { curriculum } = state;
  const step = curriculum.step + 1;
  let ahead: LookAhead | undefined;
  try {
    let work: StepWork;
    if (run.algorithm.loss.name === "cross_entropy") work = await supervisedStep(run, curriculum, signal);
    else {
      const batch = await (standing.ahead?.batch ?? collectBatch(run, curriculum, sampler, signal));
      if (run.staleness === 1) ahead = lookAhead(run, { ...curriculum, step }, sampler, signal);
      work = await rolloutStep(run, curriculum, batch, { reference: () => referenceOf(run, state), signal });
      // Once other weights are published, these can no longer be sampled.
      if (run.capabilities.samplers) await ahead?.batch;
    }
    const checkpoint = await run.meter.waiting("training", run.backend.trainer.save(run.checkpointName(step), signal));
    const published = await publish(run, step, signal);
    const isDue = run.validateEvery > 0 && step % run.validateEvery === 0;
    const stage = stageOf(run.curriculum, curriculum);
    const validation = isDue ? await validate(run, stage, published, { step, signal }) : undefined;
    return await decided(run, { state, checkpoint, sampler: published, ahead, step, work, validation }, signal);
  } catch (error) {
    ahead?.abandon();
    throw error;
  }
}

/** The validation before any step, where validations are wanted. */
export async function firstValidation(
  run: TrainingRun,
  { state, sampler }: Standing,
  signal: AbortSignal,
): Promise<Done> {
  const stage = stageOf(run.curriculum, state.curriculum);
  const validation = run.validateEvery > 0 ? await validate(run, stage, sampler, { step: 0, signal }) : undefined;
  return decided(run, { state, checkpoint: state.checkpoint, sampler, step: 0, validation }, signal);
}

interface Outcome {
  /** Before the step. */
  readonly state: RunState;
  readonly checkpoint: string;
  readonly sampler: Sampler;
  readonly ahead?: LookAhead | undefined;
  readonly step: number;
  readonly work?: StepWork;
  readonly validation: Validation | undefined;
}

/** Reports to the curriculum and does what it decides. */
async function decided(run: TrainingRun, outcome: Outcome, signal: AbortSignal): Promise<Done> {
  const { state, step, work, validation, ahead } = outcome;
  const before = state.curriculum;
  const curriculum = advanced(run, outcome);
  const known = step === 0 ? 0 : before.decisions.length;
  const decisions = curriculum.decisions.slice(known);
  const checkpoints: RunState["checkpoints"] = { ...state.checkpoints, [step]: outcome.checkpoint };
  const back = decisions.find(({ kind }) => kind === "rollBack")?.toStep;
  const checkpoint = back === undefined ? outcome.checkpoint : checkpoints[back]!;
  let { sampler } = outcome;
  if (back !== undefined) {
    await run.meter.waiting("training", run.backend.trainer.load(checkpoint, signal));
    sampler = await publish(run, step, signal);
  }
  const entered = curriculum.stage !== before.stage;
  const holds = ahead && curriculum.status === "running" && !entered && back === undefined;
  if (ahead && !holds) ahead.abandon();
  const seconds = run.meter.take();
  const record: StepRecord = {
    ...{ step, stage: stageOf(run.curriculum, before).name },
    ...(work ? { training: { ...work.training, seconds } } : {}),
    ...(validation ? { validation: validation.record } : {}),
    decisions,
  };
  const version = { version: sampler.version, path: sampler.path };
  const next: RunState = {
    ...state,
    ...{ curriculum, checkpoint, sampler: version },
    checkpoints: needed({ ...checkpoints, [step]: checkpoint }, curriculum),
    ...(entered && state.reference ? { reference: version } : {}),
    ahead: holds ? { curriculum: ahead.curriculum, sampler: placeOf(ahead.sampler) } : undefined,
    ...bestOf(outcome),
    spent: {
      seconds: state.spent.seconds + seconds.total,
      promptTokens: state.spent.promptTokens + (work?.training.tokens.prompt ?? 0) + (validation?.tokens.prompt ?? 0),
      sampledTokens:
        state.spent.sampledTokens + (work?.training.tokens.sampled ?? 0) + (validation?.tokens.sampled ?? 0),
      discardedEpisodes: state.spent.discardedEpisodes + (ahead && !holds ? ahead.episodes : 0),
    },
  };
  return {
    files: { record, rollouts: work?.traces ?? [], validation },
    next: { state: next, sampler, ahead: holds ? ahead : undefined },
  };
}

function advanced(run: TrainingRun, { state, step, work, validation }: Outcome): CurriculumState {
  if (!work && !validation) return state.curriculum;
  const { gradientNorm, entropy, formatErrors, reward } = work?.training ?? {};
  return advanceCurriculum(run.curriculum, state.curriculum, {
    step,
    ...(work
      ? {
          training: {
            ...(gradientNorm === undefined ? {} : { gradientNorm }),
            ...(entropy === undefined ? {} : { entropy }),
            ...(formatErrors === undefined ? {} : { formatErrors }),
            ...(reward === undefined ? {} : { reward }),
          },
          rollouts: work.rewards,
        }
      : {}),
    ...(validation ? { validation: validation.figures } : {}),
  }).state;
}

/** The checkpoints that a roll-back may go to, and the last. */
function needed(checkpoints: RunState["checkpoints"], { step, enteredAt, history }: CurriculumState) {
  const steps = new Set([step, enteredAt, bestValidation(history)?.step].map(String));
  return Object.fromEntries(Object.entries(checkpoints).filter(([each]) => steps.has(each)));
}

function bestOf({ state, validation, step, checkpoint }: Outcome): Pick<RunState, "best"> {
  if (!validation) return {};
  const { accuracy } = validation.record;
  return state.best && state.best.accuracy >= accuracy ? {} : { best: { step, accuracy, checkpoint } };
}

/** What KL is measured against: the weights that the stage began with, or the base model where no older weights can be sampled. */
function referenceOf(run: TrainingRun, { reference, sampler }: RunState): Promise<Sampler> {
  if (!reference) return run.backend.baseSampler();
  return run.samplerAt(reference.path === sampler.path ? sampler : reference);
}

const placeOf = ({ version, path }: Sampler) => ({ version, path });
