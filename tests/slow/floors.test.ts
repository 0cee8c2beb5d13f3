import { describe, expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { type EpisodeSetting, trainingSetting } from "../../src/episode/setting.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { rewards } from "../../src/progress/reward-spec.ts";
import { baselinePolicies } from "../../src/rollout/baseline-policies.ts";
import { earningsOf } from "../../src/rollout/floors.ts";
import { doNothingPolicy } from "../../src/rollout/scripted-policies.ts";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { sharedPath } from "../shared-data.ts";

const bfcl = sharedPath("bfcl");

describe.skipIf(!bfcl)("what policies earn that know nothing", async () => {
  const { tasks, extension, documents } = await readBfcl(bfcl!, { environmentOf });
  const settings = (categories: readonly string[]): EpisodeSetting[] =>
    tasks
      .filter(({ category }) => categories.includes(category))
      .map((task) =>
        trainingSetting(replayGroundTruth(task, environmentOf(task.environments), extension), {
          profile: profiles.strict,
          renderer: openai,
          documents,
          hints: { library: hints, level: "guide" },
        }),
      );
  const all = ["base", "miss_func", "miss_param", "long_context"];

  test.each([
    [["miss_func"], 0.2346],
    [["miss_param"], 0.2346],
    [["base"], 0.0027],
    [["long_context"], 0.0027],
    [all, 0.1186],
  ])("doing nothing earns this of the progress reward on %s: %d", async (categories, floor) => {
    const { rewards: earned } = await earningsOf(doNothingPolicy, settings(categories), [rewards.progress]);
    console.log(categories.join(), earned.progress);
    expect(earned.progress).toBeCloseTo(floor, 4);
  });

  test("no policy comes near the ground truth", async () => {
    const every = settings(all);
    for (const policy of baselinePolicies) {
      const start = performance.now();
      const earned = await earningsOf(policy, every, Object.values(rewards));
      console.log(JSON.stringify(earned), Math.round(performance.now() - start));
    }
  });
});
