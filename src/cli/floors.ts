import { renderers } from "../episode/renderers/index.ts";
import { type EpisodeSetting, trainingSetting } from "../episode/setting.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { abstentionRates } from "../progress/abstention.ts";
import type { Reward } from "../progress/reward.ts";
import { rewards } from "../progress/reward-spec.ts";
import { percent } from "../report/figure-text.ts";
import { baselinePolicies } from "../rollout/baseline-policies.ts";
import { earningsOf, type PolicyEarnings } from "../rollout/floors.ts";
import { DataError } from "../task/problem.ts";
import { categories } from "../task/task.ts";
import { command } from "./command.ts";
import { requirePlayable, type TaskSet, worldOf } from "./dataset.ts";
import { readReward } from "./run-options.ts";
import { table } from "./table.ts";

export const floorsCommand = command({
  meta: {
    name: "floors",
    description:
      "Print what policies that know nothing earn under each reward, and the ground truth, under training rules",
  },
  args: {
    dataset: {
      type: "string",
      default: "bundled",
      description: "bundled, shop, bfcl, a path, a JSONL file or a module of your own",
    },
    reward: {
      type: "string",
      description: `One or more of ${Object.keys(rewards).join(", ")}, or sums as 0.9*progress+0.1*format, with commas between`,
    },
    category: { type: "string", description: `One of ${categories.join(", ")}; all unless given` },
    json: { type: "boolean", description: "Print one JSON line a policy" },
  },
  async run({ args }) {
    const chosen = args.reward === undefined ? Object.values(rewards) : args.reward.split(",").map(readReward);
    const taskSet = await requirePlayable(args.dataset);
    const tasks = taskSet.tasks.filter(({ category }) => args.category === undefined || category === args.category);
    if (tasks.length === 0)
      throw new DataError(`--category ${args.category}: ${taskSet.name} has none; there are ${categories.join(", ")}`);
    const earned = await floorsOf({ ...taskSet, tasks }, chosen);
    if (args.json)
      for (const one of earned) process.stdout.write(`${JSON.stringify({ dataset: taskSet.name, ...one })}\n`);
    else process.stdout.write(`${floorsTable(earned, chosen)}\n`);
  },
});

/** What each baseline policy earns on tasks, played under the training rules with hints, so that a fisher finds something. */
export async function floorsOf(taskSet: TaskSet, chosen: readonly Reward[]) {
  const { tasks, extension, documents } = taskSet;
  const { environmentOf, hints } = worldOf(taskSet);
  const settings = tasks.map((task): EpisodeSetting => {
    const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
    const options = { profile: profiles.strict, renderer: renderers.openai, documents };
    return trainingSetting(truth, { ...options, hints: { library: hints, level: "direct" } });
  });
  const earned: PolicyEarnings[] = [];
  for (const policy of baselinePolicies) earned.push(await earningsOf(policy, settings, chosen));
  return earned;
}

/** One row a policy, one column a reward, then how well acting and abstaining were told apart. */
export function floorsTable(earned: readonly PolicyEarnings[], chosen: readonly Reward[]): string {
  const rate = (share: number | undefined) => (share === undefined ? "-" : percent(share));
  const rows = earned.map(({ policy, rewards: values, abstention }) => {
    const { abstainPrecision, abstainRecall } = abstentionRates(abstention);
    return [policy, ...chosen.map(({ name }) => values[name]!.toFixed(3)), rate(abstainPrecision), rate(abstainRecall)];
  });
  return table(["floors", ...chosen.map(({ name }) => name), "abstain prec.", "recall"], rows);
}
