import type { HintLevel } from "../../feedback/level.ts";

/** One way to train the same policy on the same tasks with as many episodes. */
export interface Arm {
  /** What failed calls are answered with in the stages that have hints; `shuffled` is another failure's hint, the placebo. */
  readonly hints: HintLevel | "shuffled";
  readonly reward: "progress" | "binary";
  /** The paper's four stages, or everything at once from the first update to the last. */
  readonly stages: "four" | "one";
}

/** The arms by name. Those without a word more than the hints have the progress reward and four stages. */
export const arms = {
  off: { hints: "off", reward: "progress", stages: "four" },
  shuffled: { hints: "shuffled", reward: "progress", stages: "four" },
  diagnose: { hints: "diagnose", reward: "progress", stages: "four" },
  guide: { hints: "guide", reward: "progress", stages: "four" },
  direct: { hints: "direct", reward: "progress", stages: "four" },
  "guide-binary": { hints: "guide", reward: "binary", stages: "four" },
  "guide-one-stage": { hints: "guide", reward: "progress", stages: "one" },
  "off-one-stage": { hints: "off", reward: "progress", stages: "one" },
} as const satisfies Readonly<Record<string, Arm>>;
export type ArmName = keyof typeof arms;
export const armNames = Object.keys(arms) as readonly ArmName[];
