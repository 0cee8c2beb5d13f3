import { mean } from "../../curriculum/numbers.ts";
import type { ArmName } from "./arms.ts";
import { differenceOf, intervalOf } from "./contrasts.ts";
import type { Floor } from "./floors.ts";
import type { Problem } from "./problem.ts";
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
  const found = [...gameable(findings), ...hintProblems(trainings)];
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
  return [...learning(trainings, witness.progress), ...found];
}

/** Whether anything is learned, and whether it is more than the tasks at hand: judged by the best arm, as any that learns will do. */
function learning(trainings: Findings["trainings"], witness: number): Problem[] {
  const gains = [...trainings].map(([arm, list]) => {
    const on = (side: (one: Training) => number) => list.map(side);
    const train = mean(on((one) => one.train.progress - one.trainBefore.progress));
    const test = on((one) => one.test.progress - one.before.progress);
    return { arm, train, test: mean(test), interval: intervalOf(test), flat: flatShare(list) };
  });
  const best = gains.reduce((a, b) => (b.train > a.train ? b : a));
  const flat = Math.min(...gains.map((gain) => gain.flat));
  const gained = `the tasks trained on ${signed(best.train)}, held-out families ${signed(best.test)}, in the best arm (${best.arm})`;
  if (best.train < thresholds.noGain && best.test < thresholds.noGain) {
    if (flat >= thresholds.flatGroups)
      return [
        problem(
          "vanishing-signal",
          `${percent(flat)} of groups of episodes earned the same throughout, though the ground truth earns ${figure(witness)}; ${gained}`,
        ),
      ];
    return [
      problem("unlearnable", `the ground truth earns ${figure(witness)}, but training brought nothing: ${gained}`),
    ];
  }
  const lost = best.test < thresholds.transferred * best.train;
  if (best.train >= thresholds.trainGain && lost) return [problem("does-not-transfer", gained)];
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

function hintProblems(trainings: Findings["trainings"]): Problem[] {
  const found: Problem[] = [];
  for (const level of ["diagnose", "guide", "direct"] as const) {
    const list = trainings.get(level);
    if (!list) continue;
    const lie = lyingAt(level, list, trainings);
    if (lie && !found.some(({ kind }) => kind === "lying-hints")) found.push(lie);
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
  if (!guide || !shuffled || found.some(({ kind }) => kind === "lying-hints")) return found;
  const effect = differenceOf(progressOf(guide), progressOf(shuffled));
  if (effect.low !== undefined && effect.low > 0) return found;
  const evidence = `guide - shuffled is ${interval(effect)} on the held-out families, hints off`;
  return [...found, { kind: "hints-without-effect", information: true, evidence }];
}

/**
 * Hints that lead astray: a failed call is repaired less by who follows them, or learning is worse with them than without or with the
 * placebo. Worse learning alone does not tell: what true hints taught may be missed once they are off, and trainings differ by chance.
 */
function lyingAt(level: ArmName, list: readonly Training[], trainings: Findings["trainings"]): Problem | undefined {
  const { choices, effect: repairs } = repairsOf(list);
  const isJudged = choices >= thresholds.choices;
  if (isJudged && repairs.mean <= -thresholds.repairsLost && repairs.high !== undefined && repairs.high < 0)
    return problem(
      "lying-hints",
      `after hints at ${level}, choices that follow them repair the failed call less often than others: ${interval(repairs)} over ${choices} choices`,
    );
  if (isJudged && repairs.low !== undefined && repairs.low > 0) return undefined;
  for (const other of ["shuffled", "off"] as const) {
    const against = trainings.get(other);
    if (!against) continue;
    const effect = differenceOf(progressOf(list), progressOf(against));
    if (effect.mean <= -thresholds.harm && effect.high !== undefined && effect.high < 0)
      return problem("lying-hints", `${level} - ${other} is ${interval(effect)} on the held-out families`);
  }
  return undefined;
}

/** How much more often the failed call is repaired by choices that follow its hint than by others, and how many follow it. */
function repairsOf(list: readonly Training[]) {
  const judged = list.filter(({ following: { followed, others } }) => followed.made > 0 && others.made > 0);
  const rate = ({ repaired, made }: { readonly repaired: number; readonly made: number }) => repaired / made;
  return {
    choices: judged.reduce((sum, { following }) => sum + following.followed.made, 0),
    effect: differenceOf(
      judged.map(({ following }) => rate(following.followed)),
      judged.map(({ following }) => rate(following.others)),
    ),
  };
}

const progressOf = (list: readonly Training[]) => list.map((one) => one.test.progress);
const problem = (kind: Problem["kind"], evidence: string): Problem => ({ kind, evidence });
const figure = (value: number): string => value.toFixed(3);
const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
const signed = (value: number): string => `${value < 0 ? "" : "+"}${figure(value)}`;
const interval = ({ mean: middle, low, high }: ReturnType<typeof differenceOf>): string =>
  low === undefined || high === undefined ? signed(middle) : `${signed(middle)} [${signed(low)}, ${signed(high)}]`;
