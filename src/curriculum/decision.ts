import { z } from "zod";

/** Numbers by name; null stands for one that was not finite or not there yet. */
const Numbers = z.record(z.string(), z.number().nullable());

/** Something that the engine decided, when, by which rule and from which numbers. */
export const Decision = z.strictObject({
  /** Optimiser steps made when it was decided. */
  step: z.int().nonnegative(),
  /** The stage that it was decided in; for `start`, the one that starts. */
  stage: z.string(),
  kind: z.enum(["start", "skip", "advance", "finish", "flag", "rollBack", "stop"]),
  /** The rule or the collapse signals behind it. */
  rule: z.string(),
  /** `skip` and `advance`: the stage that comes next; none after the last. */
  to: z.string().optional(),
  /** `rollBack`: the step whose weights to go on from. */
  toStep: z.int().nonnegative().optional(),
  numbers: Numbers,
});
export type Decision = z.output<typeof Decision>;

/** A decision as one line, numbers rounded to four places. */
export function decisionText({ step, stage, kind, rule, to, toStep, numbers }: Decision): string {
  const target = to !== undefined ? ` to '${to}'` : toStep !== undefined ? ` to step ${toStep}` : "";
  const facts = Object.entries(numbers).map(([name, value]) => `${name} ${value === null ? "none" : rounded(value)}`);
  const because = facts.length > 0 ? `: ${facts.join(", ")}` : "";
  return `step ${step}, '${stage}': ${words[kind]}${target} by ${rule}${because}`;
}

const words: Readonly<Record<Decision["kind"], string>> = {
  start: "start",
  skip: "skip",
  advance: "advance",
  finish: "finish",
  flag: "flag",
  rollBack: "roll back",
  stop: "stop",
};

const rounded = (value: number): string => String(Number(value.toFixed(4)));
