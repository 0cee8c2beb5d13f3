import { checkReport } from "./check-report.ts";
import { collapseSignals, type Signal, type SignalNumbers, signals, watchedFigures } from "./collapse.ts";
import { type CurriculumState, stageOf, stepsInStage } from "./curriculum-state.ts";
import type { Decision } from "./decision.ts";
import type { Curriculum } from "./define-curriculum.ts";
import { bestValidation, type History, type TrainingFigures, type ValidationFigures } from "./history.ts";
import { mean } from "./numbers.ts";
import type { Stage } from "./stage.ts";
import { type TaskReward, withRewards } from "./task-statistics.ts";
import { type Measure, transitionVerdict } from "./transition.ts";

/** What one optimiser step brought, or a validation without one (before training, at step 0, and after a step). */
export interface StepReport {
  /** Optimiser steps made, this one included. */
  readonly step: number;
  readonly training?: TrainingFigures;
  /** The step's rollouts, for the statistics of the tasks; their mean is the training reward where that is not given. */
  readonly rollouts?: readonly TaskReward[];
  readonly validation?: ValidationFigures;
}

/** The state after a report, and what was decided upon it: also at the end of the state's log. */
export interface Advance {
  readonly state: CurriculumState;
  readonly decisions: readonly Decision[];
}

/**
 * Takes in a report and decides: leave the stage out, flag a collapse and act on it, move on, or none of it. Only validation
 * moves a run on, never training accuracy or the test. Throws where a report is out of order or lacks what a rule reads.
 */
export function advanceCurriculum(curriculum: Curriculum, state: CurriculumState, report: StepReport): Advance {
  const before = state.decisions.length;
  const next = decide(curriculum, taken(curriculum, state, report), report);
  return { state: next, decisions: next.decisions.slice(before) };
}

function decide(curriculum: Curriculum, state: CurriculumState, report: StepReport): CurriculumState {
  if (report.validation && state.history.validation.length === 1) {
    const skipped = skipping(curriculum, state);
    if (skipped !== state) return skipped;
  }
  const watched = watching(curriculum, state);
  return watched.status === "running" && watched.rollBacks === state.rollBacks ? moving(curriculum, watched) : watched;
}

/** The state with a report's figures in it. */
function taken(curriculum: Curriculum, state: CurriculumState, report: StepReport): CurriculumState {
  const stage = stageOf(curriculum, state);
  const { step, rollouts = [], validation } = report;
  const training = trainingOf(report);
  checkReport(
    state,
    { step, training, validation },
    { stage, watched: watchedFigures(curriculum.collapse, stage.floor) },
  );
  const { history } = state;
  return {
    ...state,
    step,
    statistics: withRewards(state.statistics, rollouts),
    history: {
      training: training ? [...history.training, { step, ...training }] : history.training,
      validation: validation ? [...history.validation, { step, ...validation }] : history.validation,
    },
  };
}

/** As JSON has it, so that a saved history is the same history. */
function trainingOf({ training, rollouts = [] }: StepReport): TrainingFigures | undefined {
  if (!training) return undefined;
  const { gradientNorm, entropy } = training;
  const reward = training.reward ?? (rollouts.length > 0 ? mean(rollouts.map((each) => each.reward)) : undefined);
  return {
    ...training,
    ...(gradientNorm === undefined ? {} : { gradientNorm: finiteOrNull(gradientNorm) }),
    ...(entropy === undefined ? {} : { entropy: finiteOrNull(entropy) }),
    ...(reward === undefined ? {} : { reward }),
  };
}
const finiteOrNull = (value: number | null): number | null => (Number.isFinite(value) ? value : null);

/** Leaves out the stage, and those after it, whose skip rule its first validation meets. */
function skipping(curriculum: Curriculum, state: CurriculumState): CurriculumState {
  const stage = stageOf(curriculum, state);
  const { skip } = stage;
  if (!skip || state.status !== "running") return state;
  const value = valuesOf(stage, state.history, skip.measure)[0]!;
  if (value < skip.least) return state;
  return leave(curriculum, state, { kind: "skip", rule: skip.measure, numbers: { first: value, least: skip.least } });
}

/** Flags the signals that have come up, and acts once enough stand. */
function watching(curriculum: Curriculum, state: CurriculumState): CurriculumState {
  const { collapse } = curriculum;
  const stage = stageOf(curriculum, state);
  const found = collapseSignals(collapse, state.history, { steps: stepsInStage(state), floor: stage.floor });
  const standing = signals.filter((signal) => found[signal]);
  const flags = standing
    .filter((signal) => !state.standing.includes(signal))
    .map((signal): Decision => flagOf(state, stage, signal, found[signal]!));
  const flagged = { ...state, standing, decisions: [...state.decisions, ...flags] };
  if (collapse.action === "flag" || standing.length < collapse.signalsToAct) return flagged;

  const best = bestValidation(state.history);
  const rule = standing.join(" and ");
  const numbers = { bestAccuracy: best?.accuracy ?? null, bestStep: best?.step ?? null, rollBacks: state.rollBacks };
  if (collapse.action === "stop" || state.rollBacks >= collapse.mostRollBacks)
    return logged({ ...flagged, status: "stopped" }, stage, { kind: "stop", rule, numbers });
  const toStep = best?.step ?? state.enteredAt;
  const undone = logged(flagged, stage, { kind: "rollBack", rule, toStep, numbers });
  const kept = <T extends { readonly step: number }>(list: readonly T[]) => list.filter(({ step }) => step <= toStep);
  const { training, validation } = state.history;
  return {
    ...undone,
    history: { training: kept(training), validation: kept(validation) },
    standing: [],
    rollBacks: state.rollBacks + 1,
  };
}

function flagOf({ step }: CurriculumState, { name }: Stage, signal: Signal, numbers: SignalNumbers): Decision {
  return { step, stage: name, kind: "flag", rule: signal, numbers };
}

/** Moves on where the stage's rule says that it is over. What collapses is no plateau, flat though it may be. */
function moving(curriculum: Curriculum, state: CurriculumState): CurriculumState {
  const stage = stageOf(curriculum, state);
  const { transition } = stage;
  const values = transition.when === "plateau" ? valuesOf(stage, state.history, transition.plateau.measure) : [];
  const verdict = transitionVerdict(
    transition,
    { steps: stepsInStage(state), training: state.history.training },
    values,
  );
  if (!verdict.isOver || (verdict.rule === "plateau" && state.standing.length > 0)) return state;
  const best = bestValidation(state.history);
  const numbers = { ...verdict.numbers, bestAccuracy: best?.accuracy ?? null, bestStep: best?.step ?? null };
  return leave(curriculum, state, { kind: "advance", rule: verdict.rule, numbers });
}

/** To the next stage, which starts from the validation of its first weights where there is one, or to the end. */
function leave(
  curriculum: Curriculum,
  state: CurriculumState,
  decision: Pick<Decision, "kind" | "rule" | "numbers">,
): CurriculumState {
  const stage = stageOf(curriculum, state);
  const next = curriculum.stages[state.stage + 1];
  if (!next) return logged({ ...state, status: "finished" }, stage, { ...decision, kind: "finish" });
  const validation = state.history.validation.filter(({ step }) => step === state.step);
  const entered: CurriculumState = {
    ...logged(state, stage, { ...decision, to: next.name }),
    stage: state.stage + 1,
    enteredAt: state.step,
    history: { training: [], validation },
    statistics: {},
    standing: [],
    rollBacks: 0,
  };
  return validation.length > 0 ? skipping(curriculum, entered) : entered;
}

function logged(state: CurriculumState, { name }: Stage, decision: Omit<Decision, "step" | "stage">): CurriculumState {
  return { ...state, decisions: [...state.decisions, { step: state.step, stage: name, ...decision }] };
}

/** The stage's validations under a measure. */
function valuesOf({ name, reward }: Stage, { validation }: History, measure: Measure): number[] {
  return validation.map((figures) => {
    if (measure === "accuracy") return figures.accuracy;
    const value = figures.rewards?.[reward];
    if (value !== undefined) return value;
    throw new Error(
      `stage '${name}' has a rule that reads the validation's reward '${reward}', which the validation of step ${figures.step} lacks; score validation episodes under it too, or let the rule read the accuracy`,
    );
  });
}
