import { openai } from "../../episode/renderers/openai.ts";
import { trainingSetting } from "../../episode/setting.ts";
import { profiles } from "../../grading/profile.ts";
import { progressReward } from "../../progress/rewards/progress.ts";
import { baselinePolicies } from "../../rollout/baseline-policies.ts";
import { earningsOf } from "../../rollout/floors.ts";
import type { Arena } from "./arena.ts";

/** What a policy that knows nothing of the tasks earns on those to learn from, by the reward that is learned from. */
export interface Floor {
  readonly policy: string;
  readonly reward: number;
}

const trivial = ["do-nothing", "answer-always", "repeat", "read-spam"];

export async function floorsIn(arena: Arena): Promise<Floor[]> {
  const { tasks, reward = progressReward } = arena.subject;
  const settings = tasks.map((task) =>
    trainingSetting(arena.courseOf(task).truth, { profile: profiles.strict, renderer: openai }),
  );
  const floors: Floor[] = [];
  for (const policy of baselinePolicies.filter(({ name }) => trivial.includes(name)))
    floors.push({ policy: policy.name, reward: (await earningsOf(policy, settings, [reward])).rewards[reward.name]! });
  return floors;
}
