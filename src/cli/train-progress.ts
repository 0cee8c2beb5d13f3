import { decisionText } from "../curriculum/decision.ts";
import type { Curriculum } from "../curriculum/define-curriculum.ts";
import { durationText, percent } from "../report/figure-text.ts";
import { liveLine } from "../rollout/live-line.ts";
import type { Budget, TrainProgress } from "../training/loop/train-options.ts";
import type { StepRecord } from "../training/step-record.ts";

/** Steps of which the mean time foretells how long the rest takes. */
const window = 10;

/** Says how training goes: a line for each step and, on a terminal, one that redraws itself below. */
export function showTraining(curriculum: Curriculum, budget: Budget, stream: NodeJS.WriteStream = process.stderr) {
  const live = liveLine(stream);
  const most = mostSteps(curriculum, budget);
  const times: number[] = [];
  let before = performance.now();
  let accuracy: number | undefined;
  const leftAfter = (step: number): string | undefined => {
    if (times.length === 0 || !Number.isFinite(most)) return undefined;
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    return durationText((mean * Math.max(0, most - step)) / 1000);
  };
  return {
    onProgress({ step, stage, doing, done, of }: TrainProgress): void {
      if (!stream.isTTY) return;
      const left = leftAfter(step - 1);
      const share = of > 1 ? ` ${done}/${of}` : "";
      live.show(
        `step ${step}, ${stage}: ${doing}${share}${left === undefined ? "" : `, at most ${left} left`}`,
        doing !== "rollouts",
      );
    },
    onStep(record: StepRecord): void {
      const now = performance.now();
      if (record.training) times.push(now - before);
      if (times.length > window) times.shift();
      before = now;
      accuracy = record.validation?.accuracy ?? accuracy;
      live.clear();
      stream.write(`${stepText(record, accuracy, leftAfter(record.step))}\n`);
      for (const decision of record.decisions)
        if (decision.kind !== "start") stream.write(`${decisionText(decision)}\n`);
    },
    end: live.clear,
  };
}

/** A step as one line. */
function stepText(
  { step, stage, training, validation }: StepRecord,
  accuracy: number | undefined,
  left: string | undefined,
): string {
  const parts = [`step ${step}, ${stage}`];
  if (training) {
    const { reward, loss, tokens, seconds, faults } = training;
    const { sampling, environment, training: trained, driver, total } = seconds;
    const faulty = faults.episode + faults.endpoint + faults.harness;
    parts.push(loss === undefined ? `reward ${reward.toFixed(3)}` : `loss ${loss.toFixed(4)}`);
    if (faulty > 0) parts.push(`${faulty} faulty episodes left out`);
    if (loss === undefined && total > 0) parts.push(`${Math.round(tokens.sampled / total)} tokens/s`);
    parts.push(
      `${total.toFixed(1)} s (sampling ${sampling.toFixed(1)}, environment ${environment.toFixed(1)}, training ${trained.toFixed(1)}, driver ${driver.toFixed(1)})`,
    );
  }
  if (accuracy !== undefined) {
    const reliance = validation?.withHints;
    const hints = reliance ? `, with hints ${percent(reliance.accuracy)}` : "";
    parts.push(validation ? `accuracy ${percent(accuracy)}${hints}` : `last accuracy ${percent(accuracy)}`);
  }
  if (left !== undefined) parts.push(`at most ${left} left`);
  return parts.join(", ");
}

/** All steps that there may be. */
function mostSteps({ stages }: Curriculum, { steps = Number.POSITIVE_INFINITY }: Budget): number {
  const all = stages.reduce(
    (sum, { transition }) => sum + (transition.when === "fixedSteps" ? transition.steps : transition.maximumSteps),
    0,
  );
  const most = Math.min(all, steps);
  return most < Number.MAX_SAFE_INTEGER ? most : Number.POSITIVE_INFINITY;
}
