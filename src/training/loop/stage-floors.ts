import type { Curriculum } from "../../curriculum/define-curriculum.ts";
import { stageTasks } from "../../curriculum/stage-tasks.ts";
import { rewardOf } from "../../progress/reward-spec.ts";
import { baselinePolicies } from "../../rollout/baseline-policies.ts";
import { earningsOf } from "../../rollout/floors.ts";
import { groundTruthPolicy } from "../../rollout/scripted-policies.ts";
import type { Split } from "../../task/parts.ts";
import { stageSetting } from "./stage-setting.ts";
import type { Playground } from "./train-options.ts";

/** What the best scripted baseline that knows no ground truth earns in each stage that names no floor, by the stage's name. */
export async function stageFloors(
  curriculum: Curriculum,
  { split, seed, ...playground }: Playground & { readonly split: Split; readonly seed: number },
): Promise<Readonly<Record<string, number>>> {
  const floors: Record<string, number> = {};
  for (const stage of curriculum.stages) {
    if (stage.floor !== undefined) continue;
    const settings = stageTasks(stage, split, seed).map((task) =>
      stageSetting(playground, stage, task, { steps: 0, seed }),
    );
    const reward = rewardOf(stage.reward);
    const earned: number[] = [];
    for (const policy of baselinePolicies)
      if (policy !== groundTruthPolicy)
        earned.push((await earningsOf(policy, settings, [reward])).rewards[reward.name]!);
    floors[stage.name] = Math.max(...earned);
  }
  return floors;
}

/** The curriculum with these floors in it. */
export const withFloors = (curriculum: Curriculum, floors: Readonly<Record<string, number>>): Curriculum => ({
  ...curriculum,
  stages: curriculum.stages.map((stage) => ({ ...stage, floor: stage.floor ?? floors[stage.name] })),
});
