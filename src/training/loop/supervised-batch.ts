import { type Curriculum, defineCurriculum } from "../../curriculum/define-curriculum.ts";
import type { Stage } from "../../curriculum/stage.ts";
import { playedOf } from "../../episode/episode.ts";
import { trainingRules } from "../../episode/rules.ts";
import { assess } from "../../progress/assess.ts";
import { rewardOf } from "../../progress/reward-spec.ts";
import { playEpisode } from "../../rollout/play.ts";
import { groundTruthPolicy } from "../../rollout/scripted-policies.ts";
import type { Task } from "../../task/task.ts";
import { supervisedEpisode } from "../tokens/supervised-episode.ts";
import type { TokenEpisode } from "../tokens/token-episode.ts";
import type { TrainingRun } from "./training-run.ts";

/** Episodes in which the ground truth's calls are made, a turn's in one message, as tokens to imitate. */
export async function groundTruthEpisodes(
  { playground, meter, settingOf }: TrainingRun,
  stage: Stage,
  tasks: readonly Task[],
): Promise<{ readonly tokens: TokenEpisode; readonly reward: number }[]> {
  const reward = rewardOf(stage.reward);
  const episodes = [];
  for (const task of tasks) {
    const setting = settingOf(stage, task, 0);
    const episode = await playEpisode(setting, groundTruthPolicy, { onWork: meter.environment });
    const assessed = assess(setting.truth, playedOf(episode), setting.profile, setting.rules);
    const tokens = await supervisedEpisode(setting, groundTruthPolicy, playground);
    episodes.push({ tokens, reward: reward.score(assessed).value });
  }
  return episodes;
}

/** One stage without an end: so many train tasks a step, each once before any comes again. */
export function groundTruthCurriculum(tasks: number): Curriculum {
  return defineCurriculum({
    name: "ground truths",
    stages: [
      {
        name: "ground truths",
        reward: "progress",
        prompt: "standard",
        hints: "off",
        limits: { stepLimit: trainingRules.stepLimit },
        batch: { tasks, groupSize: 2 },
        transition: { when: "fixedSteps", steps: Number.MAX_SAFE_INTEGER },
      },
    ],
    // What it watches are rollouts.
    collapse: {
      ...{ gradientNorm: false, accuracy: false, formatErrors: false, entropy: false, rewardFloor: false },
      action: "flag",
    },
  });
}
