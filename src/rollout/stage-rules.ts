import type { Stage } from "../curriculum/stage.ts";
import { type EpisodeRules, trainingRules } from "../episode/rules.ts";

/** The rules of training within a stage's limits. */
export const stageRules = ({ limits: { stepLimit, tokenLimit } }: Stage): EpisodeRules => ({
  ...trainingRules,
  stepLimit,
  ...(tokenLimit === undefined ? {} : { tokenLimit }),
});
