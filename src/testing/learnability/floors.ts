import { openai } from "../../episode/renderers/openai.ts";
import { trainingSetting } from "../../episode/setting.ts";
import { profiles } from "../../grading/profile.ts";
import { progressReward } from "../../progress/rewards/progress.ts";
import { baselinePolicies } from "../../rollout/baseline-policies.ts";
import { earningsOf } from "../../rollout/floors.ts";
import type { Policy } from "../../rollout/policy.ts";
import { groundTruthPolicy } from "../../rollout/scripted-policies.ts";
import type { Arena } from "./arena.ts";

/** What a scripted policy earns on the tasks to learn from. */
export interface Floor {
  readonly policy: string;
  /** By the reward that is learned from. */
  readonly reward: number;
  readonly progress: number;
}

/** Policies that know nothing of the tasks. */
const trivial = ["do-nothing", "answer-always", "repeat", "read-spam"];

export async function floorsIn(arena: Arena): Promise<{ readonly floors: readonly Floor[]; readonly witness: Floor }> {
  const { tasks, reward = progressReward } = arena.subject;
  const settings = tasks.map((task) =>
    trainingSetting(arena.courseOf(task).truth, { profile: profiles.strict, renderer: openai }),
  );
  const floorOf = async (policy: Policy): Promise<Floor> => {
    const progress = (await earningsOf(policy, settings, [progressReward])).rewards.progress!;
    const own =
      reward === progressReward ? progress : (await earningsOf(policy, settings, [reward])).rewards[reward.name]!;
    return { policy: policy.name, reward: own, progress };
  };
  const floors: Floor[] = [];
  for (const policy of baselinePolicies.filter(({ name }) => trivial.includes(name)))
    floors.push(await floorOf(policy));
  return { floors, witness: await floorOf(groundTruthPolicy) };
}
