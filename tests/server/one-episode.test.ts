import { afterAll, expect, test } from "vitest";
import { hints } from "../../environments/index.ts";
import { playedOf } from "../../src/episode/episode.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import { trainingRules } from "../../src/episode/rules.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { profiles } from "../../src/grading/profile.ts";
import { assess } from "../../src/progress/assess.ts";
import { rewards } from "../../src/progress/reward-spec.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import type { Policy } from "../../src/rollout/policy.ts";
import { startServer } from "../../src/server/server.ts";
import { categories } from "../../src/task/task.ts";
import { bundledCatalog } from "./catalog.ts";
import { players } from "./protocol-players.ts";
import { almostSolved, type Result, type Scripted, solved, toolCallsOf } from "./scripted-episode.ts";

const catalog = await bundledCatalog();
const server = await startServer({ catalog });
afterAll(() => server.close());

const stepLimit = 30;

/** The same messages in this process, without any server. */
async function inProcess(id: string, script: readonly Scripted[]): Promise<Result> {
  const truth = catalog.truthOf(catalog.taskOf(id)!);
  const setting = trainingSetting(truth, {
    ...{ profile: profiles.strict, renderer: renderers.openai, documents: {}, rules: { ...trainingRules, stepLimit } },
    hints: { library: hints, level: "guide" },
  });
  const left = [...script];
  const policy: Policy = {
    name: "script",
    async respond() {
      const next = left.shift()!;
      return "say" in next
        ? { role: "assistant", content: next.say }
        : { role: "assistant", content: null, tool_calls: toolCallsOf(next.calls) };
    },
  };
  const episode = await playEpisode(setting, policy);
  const assessed = assess(truth, playedOf(episode), setting.profile, setting.rules);
  const { value, turns } = rewards.progress.score(assessed);
  return {
    ...{ reward: value, turnScores: assessed.turns.map(({ score }) => score) },
    stateHash: truth.environment.hash(episode.state),
    rewards: turns!.filter((share) => share > 0).map((share) => share / turns!.length),
  };
}

const cases = categories.flatMap((category) => {
  const task = catalog.tasks.find((one) => one.category === category)!;
  return [
    { name: `${task.id}, solved`, task, script: solved(task) },
    { name: `${task.id}, almost`, task, script: almostSolved(task) },
  ];
});

test.each(cases)(
  "$name: states, rewards and turn scores are the same over every protocol",
  async ({ task, script }) => {
    const expected = await inProcess(task.id, script);
    expect(expected.turnScores).toHaveLength(task.turns.length);
    for (const [name, play] of Object.entries(players)) {
      const result = await play(server, { task: task.id, hints: "guide", step_limit: stepLimit }, script);
      expect(result, name).toMatchObject({ turnScores: expected.turnScores, stateHash: expected.stateHash });
      expect(result.reward, name).toBeCloseTo(expected.reward, 12);
      if (result.rewards.length > 0) {
        expect(result.rewards.length, name).toBe(expected.rewards.length);
        for (const [index, reward] of result.rewards.entries())
          expect(reward, name).toBeCloseTo(expected.rewards[index]!, 12);
      }
    }
  },
);
