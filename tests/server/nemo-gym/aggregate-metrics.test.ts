import { expect, test } from "vitest";
import { aggregateMetrics } from "../../../src/server/nemo-gym/aggregate-metrics.ts";

const rollout = (task: number, index: number, reward: number, more: object = {}) => ({
  ...{ _ng_task_index: task, _ng_rollout_index: index, reward, terminated: true, info: { x: 1 }, name: "text" },
  ...more,
});

test("figures over all rollouts and for each task, of every number and truth value at the top", () => {
  const metrics = aggregateMetrics([
    rollout(1, 1, 1, { response: { usage: { total_tokens: 30 } } }),
    rollout(0, 0, 0.5, { terminated: false }),
    rollout(1, 0, 0, { response: { usage: null } }),
  ]);
  expect(metrics.key_metrics).toEqual({ "mean/reward": 0.5, "mean/terminated": 2 / 3, "mean/total_tokens": 30 });
  expect(metrics.agent_metrics).toMatchObject({ "max/reward": 1, "min/reward": 0, "median/reward": 0.5 });
  expect(metrics.agent_metrics["std/reward"]).toBeCloseTo(0.5);
  expect(metrics.agent_metrics).not.toHaveProperty("std/total_tokens");
  expect(metrics.group_level_metrics.map((group) => group._ng_task_index)).toEqual([0, 1]);
  const [single, pair] = metrics.group_level_metrics;
  expect(single).toMatchObject({ num_rollouts: 1, "mean/reward": 0.5, "std/reward": 0, "mean/terminated": 0 });
  expect(pair).toMatchObject({ num_rollouts: 2, "median/reward": 0.5, reward_profile_completion_pct: 100 });
  expect(pair!.rollout_infos).toEqual([
    { rollout_id: "1:0", _ng_task_index: 1, _ng_rollout_index: 0, reward: 0, terminated: 1 },
    { rollout_id: "1:1", _ng_task_index: 1, _ng_rollout_index: 1, reward: 1, terminated: 1, total_tokens: 30 },
  ]);
});

test("no rollouts, no figures", () => {
  expect(aggregateMetrics([])).toEqual({ group_level_metrics: [], agent_metrics: {}, key_metrics: {} });
});

test("an evaluation may have as many rollouts as a body holds", () => {
  const rollouts = Array.from({ length: 200_000 }, (_, index) => ({ _ng_rollout_index: index, reward: index % 2 }));
  expect(aggregateMetrics(rollouts).key_metrics).toEqual({ "mean/reward": 0.5 });
});
