import { mean } from "../../curriculum/numbers.ts";
import { clusterInterval } from "../../grading/interval.ts";
import { thresholds } from "./thresholds.ts";
import type { TriedHint } from "./try-hints.ts";

/** What obeying hints is compared with. */
export const controls = {
  ignored: "who does not read them",
  withoutValues: "who calls the tools that they name and passes over their values",
  otherTools: "who calls others than the tools that they name",
} as const;
export type Control = keyof typeof controls;

/** How many of the same failed calls were mended by who does as hints at `direct` say, and by a control that does not. */
export interface HintEffect {
  readonly control: Control;
  readonly failedCalls: number;
  /** Shares of the failed calls. */
  readonly obeyed: number;
  readonly otherwise: number;
  /** Obeyed minus otherwise, paired by failed call, with its 95% interval by bootstrap over families. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One for each control that enough families met failures for. */
export function hintEffects(tried: readonly TriedHint[]): HintEffect[] {
  return (Object.keys(controls) as Control[]).flatMap((control) => {
    const judged = tried.filter((one) => one[control] !== undefined);
    if (new Set(judged.map(({ family }) => family)).size < thresholds.families) return [];
    const differences = judged.map((one) => ({ cluster: one.family, value: one.obeyed - one[control]! }));
    return {
      ...clusterInterval(differences)!,
      mean: mean(differences.map(({ value }) => value)),
      ...{ control, failedCalls: judged.length, obeyed: mean(judged.map(({ obeyed }) => obeyed)) },
      otherwise: mean(judged.map((one) => one[control]!)),
    };
  });
}
