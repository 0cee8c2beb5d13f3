import type { ArmName } from "./arms.ts";
import { differenceOf } from "./contrasts.ts";
import { controls, type HintEffect } from "./hint-effects.ts";
import { figure, type Problem, problem, withInterval } from "./problem.ts";
import { thresholds } from "./thresholds.ts";
import type { Training } from "./train.ts";

/**
 * Hints that lead astray: of the same failed calls fewer are mended by who does as they say than by who ignores them, or part of them.
 * Undefined where they do not, or where too few families met any to say.
 */
export function lieTried(effects: readonly HintEffect[]): Problem | undefined {
  const lie = effects.find(({ mean: difference, high }) => difference <= -thresholds.misled && high < 0);
  return (
    lie &&
    problem(
      "lying-hints",
      `of ${lie.failedCalls} failed calls with a hint, ${figure(lie.obeyed)} are mended by who does as the hints say, and ${figure(lie.otherwise)} by ${controls[lie.control]}: ${withInterval(lie)}`,
    )
  );
}

/**
 * Learning that is worse with hints than with the placebo or without, where nothing shows that they are worth following; of a few trainings it is not said. Worse learning
 * alone does not tell: what true hints taught may be missed once they are off, and trainings differ by chance.
 */
export function harmDone(
  level: ArmName,
  trainings: ReadonlyMap<ArmName, readonly Training[]>,
  effects: readonly HintEffect[],
): Problem | undefined {
  const list = trainings.get(level);
  if (!list || list.length < thresholds.seeds || isWorthFollowing(list, effects)) return undefined;
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
function isWorthFollowing(list: readonly Training[], effects: readonly HintEffect[]): boolean {
  if (effects.some(({ low }) => low > 0)) return true;
  const judged = list.filter(({ following: { followed, others } }) => followed.made > 0 && others.made > 0);
  const rate = ({ repaired, made }: { readonly repaired: number; readonly made: number }) => repaired / made;
  if (judged.length < 2) return false;
  const repairs = differenceOf(
    judged.map(({ following }) => rate(following.followed)),
    judged.map(({ following }) => rate(following.others)),
  );
  return repairs.low !== undefined && repairs.low > 0;
}

const progressOf = (list: readonly Training[]) => list.map((one) => one.test.progress);
