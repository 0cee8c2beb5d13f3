import { join } from "node:path";
import { environmentOf, hints } from "../../environments/index.ts";
import packageFile from "../../package.json" with { type: "json" };
import { openai } from "../episode/renderers/openai.ts";
import { trainingRules } from "../episode/rules.ts";
import { type EpisodeSetting, trainingSetting } from "../episode/setting.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { rewards } from "../progress/reward-spec.ts";
import { writeReport } from "../report/index.ts";
import { baselinePolicies } from "../rollout/baseline-policies.ts";
import type { Policy } from "../rollout/policy.ts";
import { randomPolicy } from "../rollout/random-policy.ts";
import { runEpisodes } from "../rollout/run.ts";
import { groundTruthPolicy } from "../rollout/scripted-policies.ts";
import type { Task } from "../task/task.ts";
import type { TaskSet } from "./dataset.ts";

/** Knows the ground truth, but gets a name wrong at first: what it broke by that, if anything, stays broken. */
const slipPolicy: Policy = {
  name: "slip",
  async respond(moment) {
    const { task, renderer } = moment.setting;
    const { turns } = moment.episode;
    const calls = task.turns[turns.length - 1]!.groundTruth;
    const slip = calls.find(({ args }) => Object.values(args).some((value) => typeof value === "string"));
    const made = turns.at(-1)!.length + (slip ? 0 : 1);
    if (slip && made === 0) return renderer.write([{ ...slip, args: misspelt(slip.args) }]);
    return made === 1 && calls.length > 0 ? renderer.write(calls) : renderer.answer("Done.");
  },
};

const misspelt = (args: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, typeof value === "string" ? `${value}x` : value]),
  );

const fisher = baselinePolicies.filter(({ name }) => name === "hint-fisher");
const policies = [slipPolicy, ...fisher, randomPolicy(0), groundTruthPolicy];
const folder = join("runs", "tour");

/** Plays the tasks under training rules with hints, by policies that fail and one that does not, and writes a report of it. */
export async function writeTourReport({ name, hash, tasks, documents, extension }: TaskSet): Promise<string> {
  const prepared = new Map<Task, EpisodeSetting>();
  const prepare = (task: Task): EpisodeSetting => {
    let setting = prepared.get(task);
    if (!setting) {
      const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
      const given = { library: hints, level: "guide" } as const;
      const shown = { profile: profiles.strict, renderer: openai, documents };
      setting = trainingSetting(truth, { ...shown, hints: given, turnFeedback: "guide" });
      prepared.set(task, setting);
    }
    return setting;
  };
  const reward = rewards.progress;
  const manifest = {
    ...{ envtune: packageFile.version, dataset: name, datasetHash: hash, tasks: tasks.map(({ id }) => id), samples: 1 },
    ...{ profile: "strict", renderer: openai.name, seed: 0, stepLimit: trainingRules.stepLimit },
    ...{ hints: "guide", reward: reward.name },
  };
  for (const policy of policies)
    await runEpisodes({
      ...{ folder: join(folder, policy.name), manifest: { ...manifest, policy: policy.name }, tasks, policy, prepare },
      ...{ reward, concurrency: 1, fresh: true },
    });
  const out = join(folder, "report.html");
  const sets = [{ name, hash, tasks, ...(extension ? { extension } : {}) }];
  await writeReport(
    policies.map((policy) => join(folder, policy.name)),
    { out, tasks: sets, environmentOf },
  );
  return out;
}
