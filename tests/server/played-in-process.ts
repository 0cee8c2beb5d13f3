import { expect } from "vitest";
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
import type { Catalog } from "../../src/server/catalog.ts";
import { type Case, type Result, toolCallsOf } from "./scripted-episode.ts";

/** Reset options under which an episode on a server is the one below. */
export const sameOptions = { hints: "guide", step_limit: 30 } as const;

/** The same messages in this process, without any server. */
export async function playedInProcess(catalog: Catalog, { task, script }: Pick<Case, "task" | "script">) {
  const truth = catalog.truthOf(task);
  const setting = trainingSetting(truth, {
    ...{ profile: profiles.strict, renderer: renderers.openai, documents: {} },
    rules: { ...trainingRules, stepLimit: sameOptions.step_limit },
    hints: { library: hints, level: sameOptions.hints },
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
export type Expected = Awaited<ReturnType<typeof playedInProcess>>;

/** Fails, naming the way it was played, where anything is not what it is in process. */
export function expectSame(result: Result, expected: Expected, way: string): void {
  expect(result, way).toMatchObject({ turnScores: expected.turnScores, stateHash: expected.stateHash });
  expect(result.reward, way).toBeCloseTo(expected.reward, 12);
  if (result.rewards === undefined) return;
  expect(result.rewards.length, way).toBe(expected.rewards.length);
  for (const [index, reward] of result.rewards.entries()) expect(reward, way).toBeCloseTo(expected.rewards[index]!, 12);
}
