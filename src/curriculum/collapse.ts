import { z } from "zod";
import type { History } from "./history.ts";
import { maximum, mean, median, movingMeans } from "./numbers.ts";

/** Each signal with its numbers, or `false` where it is not to be watched. All figures are of the stage that runs. */
export const CollapseMonitor = z
  .strictObject({
    /** The last `sustained` norms are all at least `ratio` times the median of those before, of which there are `least`. */
    gradientNorm: z
      .union([
        z.literal(false),
        z.strictObject({ ratio: z.number().gt(1), sustained: z.int().positive(), least: z.int().positive() }),
      ])
      .default({ ratio: 2.5, sustained: 3, least: 10 }),
    /** The mean of the last `window` validations lies `drop` (a share) under the best such mean, and at least `least` in all. */
    accuracy: z
      .union([
        z.literal(false),
        z.strictObject({ drop: z.number().gt(0).max(1), window: z.int().positive(), least: z.number().nonnegative() }),
      ])
      .default({ drop: 0.4, window: 3, least: 0.03 }),
    /** The mean share of unreadable messages over `window` steps lies `rise` above the lowest such mean. */
    formatErrors: z
      .union([z.literal(false), z.strictObject({ rise: z.number().gt(0).max(1), window: z.int().positive() })])
      .default({ rise: 0.2, window: 5 }),
    /** The mean entropy over `window` steps is at most `ratio` times that of the stage's first `window`. */
    entropy: z
      .union([z.literal(false), z.strictObject({ ratio: z.number().gt(0).lt(1), window: z.int().positive() })])
      .default({ ratio: 0.2, window: 5 }),
    /** After `after` steps the mean reward over `window` steps is no more than the stage's `floor`, where it names one. */
    rewardFloor: z
      .union([z.literal(false), z.strictObject({ window: z.int().positive(), after: z.int().nonnegative() })])
      .default({ window: 5, after: 20 }),
    /** How many signals must stand at once for something to be done; one alone is only flagged. */
    signalsToAct: z.int().positive().default(2),
    /** What is done: nothing; the run stops; or it goes back to the step of the stage's best validation. */
    action: z.enum(["flag", "stop", "rollBack"]).default("stop"),
    /** Roll-backs in one stage, after which a further collapse stops the run. */
    mostRollBacks: z.int().positive().default(2),
  })
  .prefault({});
export type CollapseMonitor = z.output<typeof CollapseMonitor>;

export const signals = ["gradientNorm", "accuracy", "formatErrors", "entropy", "rewardFloor"] as const;
export type Signal = (typeof signals)[number];

/** The numbers of a signal that stands. */
export type SignalNumbers = Readonly<Record<string, number | null>>;

/** The signals that stand, each with its numbers. */
export function collapseSignals(
  monitor: CollapseMonitor,
  history: History,
  { steps, floor }: { readonly steps: number; readonly floor?: number | undefined },
): Partial<Record<Signal, SignalNumbers>> {
  const found = {
    gradientNorm: gradientNormSignal(monitor, history),
    accuracy: accuracySignal(monitor, history),
    formatErrors: formatErrorsSignal(monitor, history),
    entropy: entropySignal(monitor, history),
    rewardFloor: rewardFloorSignal(monitor, history, steps, floor),
  };
  return Object.fromEntries(Object.entries(found).filter(([, numbers]) => numbers !== undefined));
}

/** Figures that the monitor reads of every step. A floor is read only where the stage names one. */
export function watchedFigures(monitor: CollapseMonitor, floor: number | undefined) {
  const watched = (["gradientNorm", "formatErrors", "entropy"] as const).filter((name) => monitor[name] !== false);
  return [...watched, ...(monitor.rewardFloor !== false && floor !== undefined ? (["reward"] as const) : [])];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function gradientNormSignal({ gradientNorm: rule }: CollapseMonitor, { training }: History): SignalNumbers | undefined {
  if (!rule) return undefined;
  const norms = training.map(({ gradientNorm }) => gradientNorm ?? Infinity);
  const latest = norms.slice(-rule.sustained);
  const before = norms.slice(0, -rule.sustained).filter(Number.isFinite);
  if (latest.length < rule.sustained || before.length < rule.least) return undefined;
  const middle = median(before);
  if (!latest.every((norm) => norm >= rule.ratio * middle)) return undefined;
  return { latest: finite(latest.at(-1)!), median: middle, ratio: rule.ratio };
}

function accuracySignal({ accuracy: rule }: CollapseMonitor, { validation }: History): SignalNumbers | undefined {
  if (!rule) return undefined;
  const means = movingMeans(
    validation.map(({ accuracy }) => accuracy),
    rule.window,
  );
  if (means.length === 0) return undefined;
  const [latest, best] = [means.at(-1)!, maximum(means)];
  const hasDropped = latest <= best * (1 - rule.drop) && best - latest >= rule.least;
  return hasDropped ? { latest, best, drop: rule.drop } : undefined;
}

function formatErrorsSignal({ formatErrors: rule }: CollapseMonitor, { training }: History): SignalNumbers | undefined {
  if (!rule) return undefined;
  const means = movingMeans(
    training.map(({ formatErrors = 0 }) => formatErrors),
    rule.window,
  );
  if (means.length === 0) return undefined;
  const [latest, lowest] = [means.at(-1)!, means.reduce((a, b) => Math.min(a, b))];
  return latest - lowest >= rule.rise ? { latest, lowest, rise: rule.rise } : undefined;
}

function entropySignal({ entropy: rule }: CollapseMonitor, { training }: History): SignalNumbers | undefined {
  if (!rule) return undefined;
  const values = training.map(({ entropy }) => entropy).filter((entropy) => typeof entropy === "number");
  if (values.length < 2 * rule.window) return undefined;
  const [latest, first] = [mean(values.slice(-rule.window)), mean(values.slice(0, rule.window))];
  return latest <= rule.ratio * first ? { latest, first, ratio: rule.ratio } : undefined;
}

function rewardFloorSignal(
  { rewardFloor: rule }: CollapseMonitor,
  { training }: History,
  steps: number,
  floor: number | undefined,
): SignalNumbers | undefined {
  if (!rule || floor === undefined || steps < rule.after) return undefined;
  const rewards = training.slice(-rule.window).map(({ reward }) => reward);
  const known = rewards.filter((reward) => reward !== undefined);
  if (known.length < rule.window) return undefined;
  const latest = mean(known);
  return latest <= floor ? { latest, floor } : undefined;
}
