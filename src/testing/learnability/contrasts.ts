import { mean } from "../../curriculum/numbers.ts";
import { clusterInterval, type Interval } from "../../grading/interval.ts";
import type { ArmName } from "./arms.ts";
import type { ArmReport, Contrast } from "./report.ts";

/** What is compared with what, the first first. */
const pairs: readonly (readonly [arm: ArmName, against: ArmName])[] = [
  ["guide", "shuffled"],
  ["guide", "off"],
  ["shuffled", "off"],
  ["diagnose", "off"],
  ["direct", "off"],
  ["direct", "shuffled"],
  ["guide", "guide-binary"],
  ["guide", "guide-one-stage"],
  ["off", "off-one-stage"],
];

export function contrastsOf(reports: readonly ArmReport[]): Contrast[] {
  const named = new Map(reports.map((report) => [report.arm, report]));
  return pairs.flatMap(([name, against]): Contrast[] => {
    const [arm, other] = [named.get(name), named.get(against)];
    if (!arm || !other) return [];
    const progress = differenceOf(arm.testProgress, other.testProgress);
    return [
      { name: `${name} - ${against}`, ...progress, area: differenceOf(arm.areaUnderCurve, other.areaUnderCurve) },
    ];
  });
}

/** The mean of paired differences, and its interval by bootstrap over pairs. */
export function differenceOf(
  values: readonly number[],
  others: readonly number[],
): { readonly mean: number; readonly low?: number; readonly high?: number } {
  const differences = values.map((value, index) => value - others[index]!);
  return { mean: mean(differences), ...intervalOf(differences) };
}

/** Over seeds; undefined where there is but one. */
export const intervalOf = (values: readonly number[]): Interval | undefined =>
  clusterInterval(values.map((value, seed) => ({ cluster: String(seed), value })));
