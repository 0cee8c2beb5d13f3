import { mean } from "../../curriculum/numbers.ts";
import type { ArmName } from "./arms.ts";
import { differenceOf } from "./contrasts.ts";
import type { Floor } from "./floors.ts";
import type { HintEffect } from "./hint-effects.ts";
import { harmDone, lieTried } from "./lying-hints.ts";
import { figure, type Problem, problem, signed, withInterval } from "./problem.ts";
import { thresholds } from "./thresholds.ts";
import type { Training } from "./train.ts";

/** All that problems are read from. */
export interface Findings {
  readonly trainings: ReadonlyMap<ArmName, readonly Training[]>;
  /** What the ground truth earns, and what policies that know nothing of the tasks do. */
  readonly witness: Floor;
  readonly floors: readonly Floor[];
  /** Progress by the right calls of which every value has been told by the time, each a message of its own. */
  readonly told: number;
  /** What the best guesser earns on the held-out families, and the share of flat groups of a policy that picks at random. */
  readonly guessed: number;
  readonly flatAtRandom: number;
  /** What came of doing as hints say, and of not doing so. */
  readonly hintEffects: readonly HintEffect[];
}

/** Every problem that the figures show, those of the tasks and the reward before those of the hints. */
export function findProblems(findings: Findings): Problem[] {
  const { trainings, witness, told } = findings;
  const all = [...trainings.values()].flat();
  const before = mean(all.map((one) => one.before.progress));
  if (witness.progress < thresholds.witness)
    return [
      problem("unlearnable", `the ground truth itself earns ${figure(witness.progress)} of progress; run verify first`),
    ];
  const found = [...gameable(findings), ...hintProblems(findings)];
  if (before >= thresholds.saturated)
    return [
      problem("saturated", `an untrained policy already has ${figure(before)} on the held-out families`),
      ...found,
    ];
  if (told < thresholds.told)
    return [
      problem(
        "unlearnable",
        `the right calls, one a message, earn ${figure(told)} at most where nothing is guessed: they need values that were told nowhere, or are more than a turn may take`,
      ),
      ...found,
    ];
  return [...learning(findings), ...found];
}

/** Whether anything is learned, and whether it is more than the tasks at hand: judged by the best arm, as any that learns will do. */
function learning({ trainings, witness, guessed, flatAtRandom }: Findings): Problem[] {
  const gains = [...trainings].map(([arm, list]) => {
    const on = (side: (one: Training) => number) => mean(list.map(side));
    const train = on((one) => one.train.progress - one.trainBefore.progress);
    const test = on((one) => one.test.progress - one.before.progress);
    return { arm, train, test, after: on((one) => one.test.progress), flat: flatShare(list) };
  });
  const best = gains.reduce((a, b) => (b.train > a.train ? b : a));
  const flat = Math.min(...gains.map((gain) => gain.flat));
  const gained = `the tasks trained on ${signed(best.train)}, held-out families ${signed(best.test)}, in the best arm (${best.arm})`;
  const earns = `the ground truth earns ${figure(witness.progress)}`;
  if (best.train < thresholds.noGain && best.test < thresholds.noGain) {
    if (flat < thresholds.flatGroups)
      return [problem("unlearnable", `${earns}, but training brought nothing: ${gained}`)];
    const evidence = `${percent(flat)} of groups of episodes earned the same throughout, though ${earns}; ${gained}`;
    if (flatAtRandom >= thresholds.flatGroups) return [problem("vanishing-signal", evidence)];
    const elsewhere = `a policy that picks at random earns the same in ${percent(flatAtRandom)}, so that another start may learn`;
    return [{ kind: "vanishing-signal", information: true, evidence: `${evidence}; ${elsewhere}` }];
  }
  const lost = best.test < thresholds.transferred * best.train;
  if (best.train >= thresholds.trainGain && lost) return [problem("does-not-transfer", gained)];
  // The arm is chosen by what it learned from: chosen by its test, it would have been lucky there.
  const { after } = best;
  if (after < thresholds.half && after < guessed + thresholds.aboveGuessing)
    return [
      problem(
        "unlearnable",
        `the best arm ends at ${figure(after)} on held-out families, and guessing among calls whose values were told earns ${figure(guessed)}: ${earns}, but what was learned is to guess`,
      ),
    ];
  return [];
}

const flatShare = (list: readonly Training[]): number =>
  list.reduce((sum, one) => sum + one.flatGroups, 0) /
  Math.max(
    1,
    list.reduce((sum, one) => sum + one.groups, 0),
  );

/** A reward that is had without doing the task. */
function gameable({ trainings, witness, floors }: Findings): Problem[] {
  const highest = floors.reduce((a, b) => (b.reward > a.reward ? b : a));
  if (highest.reward >= thresholds.trivial * witness.reward)
    return [
      problem(
        "gameable-reward",
        `the policy '${highest.policy}', which knows nothing of the task, earns ${figure(highest.reward)}, the ground truth ${figure(witness.reward)}`,
      ),
    ];
  for (const [arm, list] of trainings) {
    const reward = mean(list.map((one) => one.train.reward - one.trainBefore.reward));
    const progress = mean(list.map((one) => one.train.progress - one.trainBefore.progress));
    if (reward >= thresholds.rewardGain && progress < thresholds.progressOfReward * reward)
      return [
        problem(
          "gameable-reward",
          `in arm ${arm} the reward rose by ${figure(reward)}, and the turns achieved by ${figure(progress)}`,
        ),
      ];
  }
  return [];
}

function hintProblems({ trainings, hintEffects }: Findings): Problem[] {
  const levels = ["diagnose", "guide", "direct"] as const;
  const lie =
    lieTried(hintEffects) ?? levels.map((level) => harmDone(level, trainings, hintEffects)).find((harm) => harm);
  const found: Problem[] = lie ? [lie] : [];
  for (const level of levels) {
    const list = trainings.get(level);
    if (!list) continue;
    const help = differenceOf(
      list.map((one) => one.testHinted.progress),
      list.map((one) => one.test.progress),
    );
    if (help.mean >= thresholds.dependence && (help.low ?? help.mean) > 0)
      found.push(
        problem(
          "hint-dependence",
          `trained at ${level}, the policy has ${figure(help.mean)} more with hints on than with hints off`,
        ),
      );
  }
  const [guide, shuffled] = [trainings.get("guide"), trainings.get("shuffled")];
  if (!guide || !shuffled || lie) return found;
  const effect = differenceOf(progressOf(guide), progressOf(shuffled));
  if (effect.low === undefined || effect.low > 0) return found;
  const evidence = `guide - shuffled is ${withInterval(effect)} on the held-out families, hints off`;
  return [...found, { kind: "hints-without-effect", information: true, evidence }];
}

const progressOf = (list: readonly Training[]) => list.map((one) => one.test.progress);
const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
