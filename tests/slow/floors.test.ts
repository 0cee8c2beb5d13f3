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
    expect(earned.progress).toBeCloseTo(floor, 4);
  });

  test("no policy that knows nothing of the task comes near the ground truth", async () => {
    const every = settings(all);
    for (const policy of baselinePolicies) {
      const { rewards: earned } = await earningsOf(policy, every, Object.values(rewards));
      console.log(policy.name, JSON.stringify(earned));
      if (policy.name === "ground-truth") {
        for (const name of ["progress", "binary", "bfcl", "stateProgress"]) expect(earned[name]).toBeGreaterThan(0.998);
        expect(earned.syntax).toBeGreaterThan(1.98);
        expect(earned.toolrl).toBe(4);
        continue;
      }
      // Acting early takes the ground truth's own calls, at the wrong time.
      const early = policy.name === "act-early";
      expect(earned.progress, policy.name).toBeLessThan(early ? 0.25 : 0.12);
      expect(earned.binary, policy.name).toBeLessThan(0.01);
      expect(earned.bfcl, policy.name).toBeLessThan(0.01);
      expect(earned.stateProgress, policy.name).toBeLessThan(early ? 0.55 : 0.15);
      expect(earned.toolrl, policy.name).toBeLessThan(early ? 0 : -1);
    }
  });
});
