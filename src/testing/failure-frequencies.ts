import counted from "./failure-frequencies.json" with { type: "json" };
import type { FailureKind } from "./narrowing.ts";

const byTool: Readonly<Record<string, Readonly<Record<string, number>>>> = counted;

/** How often real models met a failure: calls in the recorded trajectories of many models, faults of the harness left out. */
export const failureFrequency = ({ tool, code }: FailureKind): number => {
  const codes = Object.hasOwn(byTool, tool) ? byTool[tool]! : {};
  return Object.hasOwn(codes, code) ? codes[code]! : 0;
};

/** All of them together. */
export const allFailures: number = Object.values(byTool)
  .flatMap((codes) => Object.values(codes))
  .reduce((sum, times) => sum + times, 0);
