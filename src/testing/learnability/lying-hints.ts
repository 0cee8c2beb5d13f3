import { mean } from "../../curriculum/numbers.ts";
import { clusterInterval } from "../../grading/interval.ts";
import type { ArmName } from "./arms.ts";
import { differenceOf } from "./contrasts.ts";
import { figure, type Problem, problem, withInterval } from "./problem.ts";
import { thresholds } from "./thresholds.ts";
import type { Training } from "./train.ts";
import type { TriedHint } from "./try-hints.ts";

/** What obeying hints is compared with, and what its losing says. */
const controls = {
  ignored: "by who does not read them",
  withoutValues: "by who calls the tools that they name and passes over their values",
  otherTools: "by who calls others than the tools that they name",
} as const;

/**
 * Hints that lead astray: of the same failed calls fewer are mended by who does as they say than by who ignores them, or part of them.
 * Undefined where they do not, or where too few families met any to say.
 */
export function lieTried(tried: readonly TriedHint[]): Problem | undefined {
  for (const [control, who] of Object.entries(controls)) {
    const effect = effectOf(tried, control as keyof typeof controls);
    if (effect && effect.mean <= -thresholds.misled && effect.high < 0)
      return problem(
        "lying-hints",
        `of ${effect.count} failed calls with a hint, ${figure(effect.obeyed)} are mended by who does as the hints say, and ${figure(effect.obeyed - effect.mean)} ${who}: ${withInterval(effect)}`,
      );
  }
  return undefined;
}

/**
 * Learning that is worse with hints than with the placebo or without, where nothing shows that they are worth following. Worse learning
 * alone does not tell: what true hints taught may be missed once they are off, and trainings differ by chance.
 */
export function harmDone(
  level: ArmName,
  trainings: ReadonlyMap<ArmName, readonly Training[]>,
  tried: readonly TriedHint[],
): Problem | undefined {
  const list = trainings.get(level);
  if (!list || isWorthFollowing(list, tried)) return undefined;
  for (const other of ["shuffled", "off"] as const) {
    const against = trainings.get(other);
    if (!against) continue;
    const effect = differenceOf(progressOf(list), progressOf(against));
    if (effect.mean <= -thresholds.harm && effect.high !== undefined && effect.high < 0)
      return problem("lying-hints", `${level} - ${other} is ${withInterval(effect)} on the held-out families`);
  }
  return undefined;
}

/** Whether doing as hints say mended more than one of the controls did, or choices that followed them did in training. */
function isWorthFollowing(list: readonly Training[], tried: readonly TriedHint[]): boolean {
  const tries = Object.keys(controls).map((control) => effectOf(tried, control as keyof typeof controls));
  if (tries.some((effect) => effect && effect.low > 0)) return true;
  const judged = list.filter(({ following: { followed, others } }) => followed.made > 0 && others.made > 0);
  const rate = ({ repaired, made }: { readonly repaired: number; readonly made: number }) => repaired / made;
  if (judged.length < 2) return false;
  const repairs = differenceOf(
    judged.map(({ following }) => rate(following.followed)),
    judged.map(({ following }) => rate(following.others)),
  );
  return repairs.low !== undefined && repairs.low > 0;
}

/** Obeying minus a control, paired by failed call, with an interval by bootstrap over families. */
function effectOf(tried: readonly TriedHint[], control: keyof typeof controls) {
  const judged = tried.filter((one) => one[control] !== undefined);
  if (new Set(judged.map(({ family }) => family)).size < thresholds.families) return undefined;
  const differences = judged.map((one) => ({ cluster: one.family, value: one.obeyed - one[control]! }));
  return {
    ...clusterInterval(differences)!,
    mean: mean(differences.map(({ value }) => value)),
    obeyed: mean(judged.map(({ obeyed }) => obeyed)),
    count: judged.length,
  };
}

const progressOf = (list: readonly Training[]) => list.map((one) => one.test.progress);
