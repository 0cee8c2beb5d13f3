import { setImmediate } from "node:timers/promises";
import { mean } from "../../curriculum/numbers.ts";
import { Arena } from "./arena.ts";
import type { TrainingSize } from "./arm-curriculum.ts";
import { type ArmName, arms as allArms, armNames } from "./arms.ts";
import { contrastsOf, intervalOf } from "./contrasts.ts";
import { findProblems } from "./find-problems.ts";
import { floorsIn } from "./floors.ts";
import { repairsOf } from "./following.ts";
import { flatAtRandom, guessedIn } from "./guessers.ts";
import { hintEffects } from "./hint-effects.ts";
import { toldOutcome } from "./play.ts";
import type { ArmReport, LearnabilityReport } from "./report.ts";
import type { LearnabilitySubject } from "./subject.ts";
import { startOf, type Training, train } from "./train.ts";
import { tryHints } from "./try-hints.ts";

export interface LearnabilityOptions {
  /** Times that each arm is trained from the start (20). */
  readonly seeds?: number;
  /** All of them unless given. */
  readonly arms?: readonly ArmName[];
  /** Policy-gradient updates of a training (32). */
  readonly updates?: number;
  /** Episodes of a task in an update (8). */
  readonly groupSize?: number;
  /** Tasks in an update (4). */
  readonly tasksPerUpdate?: number;
  /** The first of the seeds (0); equal options give equal reports. */
  readonly seed?: number;
  readonly onProgress?: (done: number, all: number) => void;
  /** Aborted to give the probe up; what it throws comes through. */
  readonly signal?: AbortSignal;
}

/**
 * Trains the linear policy in every arm, once a seed, and tests it with hints off on the held-out families. Gives way to other work
 * between trainings. Throws for a number or an arm that cannot be, for sides that make no test, and where a ground truth cannot be
 * replayed.
 */
export async function probeLearnability(
  subject: LearnabilitySubject,
  options: LearnabilityOptions = {},
): Promise<LearnabilityReport> {
  const { seeds = 20, arms = armNames, seed: first = 0, onProgress, signal } = options;
  const { updates = 32, groupSize = 8, tasksPerUpdate = 4 } = options;
  const size: TrainingSize = { updates, groupSize, tasksPerUpdate };
  for (const [name, value, least] of [
    ["seeds", seeds, 1],
    ["updates", updates, 1],
    ["groupSize", groupSize, 2],
    ["tasksPerUpdate", tasksPerUpdate, 1],
    ["seed", first, 0],
  ] as const)
    if (!Number.isInteger(value) || value < least)
      throw new Error(`${name} must be a whole number from ${least}, not ${value}`);
  const unknown = arms.find((arm) => !armNames.includes(arm));
  if (unknown !== undefined) throw new Error(`no arm is named '${unknown}'; there are ${armNames.join(", ")}`);
  const chosen = armNames.filter((arm) => arms.includes(arm));
  if (chosen.length === 0) throw new Error(`no arm is chosen; there are ${armNames.join(", ")}`);
  const arena = new Arena(subject);
  const trainings = new Map<ArmName, Training[]>(chosen.map((arm) => [arm, []]));
  let done = 0;
  for (let seed = first; seed < first + seeds; seed++) {
    const start = startOf(arena, seed);
    for (const arm of chosen) {
      await setImmediate();
      signal?.throwIfAborted();
      trainings.get(arm)!.push(train(arena, allArms[arm], size, seed, start));
      onProgress?.(++done, seeds * chosen.length);
    }
  }
  const { floors, witness } = await floorsIn(arena);
  const told = mean(subject.tasks.map((task) => toldOutcome(arena.courseOf(task), "candidates 0").progress));
  const effects = hintEffects(tryHints(arena, first));
  const reports = chosen.map((arm) => reportOf(arm, trainings.get(arm)!));
  return {
    ...{
      subject: subject.name,
      seeds,
      seed: first,
      ...size,
      tasks: subject.tasks.length,
      heldOut: subject.heldOut.length,
    },
    before: mean([...trainings.values()].flat().map((one) => one.before.progress)),
    witness: witness.progress,
    arms: reports,
    contrasts: contrastsOf(reports),
    hintEffects: effects,
    problems: findProblems({
      ...{ trainings, witness, floors, told, hintEffects: effects },
      ...{ guessed: guessedIn(arena), flatAtRandom: flatAtRandom(arena, groupSize) },
    }),
  };
}

function reportOf(arm: ArmName, trainings: readonly Training[]): ArmReport {
  const testProgress = trainings.map(({ test }) => test.progress);
  const interval = intervalOf(testProgress);
  const total = (count: (one: Training) => number) => trainings.reduce((sum, one) => sum + count(one), 0);
  return {
    ...{ arm, testProgress, mean: mean(testProgress), ...(interval ? { interval } : {}) },
    testPassed: trainings.map(({ test }) => test.passed),
    testProgressHinted: trainings.map(({ testHinted }) => testHinted.progress),
    trainProgress: trainings.map(({ train: marks }) => marks.progress),
    areaUnderCurve: trainings.map(areaOf),
    curve: trainings[0]!.curve.map(({ update }, at) => ({
      update,
      progress: mean(trainings.map(({ curve }) => curve[at]!.progress)),
      passed: mean(trainings.map(({ curve }) => curve[at]!.passed)),
    })),
    flatGroups:
      total((one) => one.flatGroups) /
      Math.max(
        1,
        total((one) => one.groups),
      ),
    repairs: repairsOf(trainings.map(({ following }) => following)),
  };
}

/** By trapezoids over the updates, from 0 to 1. */
function areaOf({ curve }: Training): number {
  let area = 0;
  for (let at = 1; at < curve.length; at++)
    area += ((curve[at]!.progress + curve[at - 1]!.progress) / 2) * (curve[at]!.update - curve[at - 1]!.update);
  return area / curve.at(-1)!.update;
}
