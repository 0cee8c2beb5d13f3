import { expect, test } from "vitest";
import { plannedTokens } from "../../../src/training/algorithm/planned-tokens.ts";

const episode = { promptTokens: 1000, messages: 3, messageTokens: 50, betweenTokens: 30 };

test("an episode of three messages sends 1000, 1080 and 1160 tokens, and is trained on as 1210", () => {
  const { step } = plannedTokens({ episode, tasks: 1, groupSize: 2, steps: 1, kl: true });
  expect(step).toEqual({
    episodes: 2,
    prompt: 2 * (1000 + 1080 + 1160),
    uncachedPrompt: 2 * (1000 + 60),
    sampled: 2 * 150,
    trained: 2 * 1210,
    reference: 2 * 1210,
  });
});

test("groups drawn again are played, but not trained on; without KL nothing is read for a reference", () => {
  const { step } = plannedTokens({ episode, tasks: 4, groupSize: 2, steps: 1, kl: false, refilled: 0.5 });
  expect(step).toMatchObject({ episodes: 12, sampled: 12 * 150, trained: 8 * 1210, reference: 0 });
});

test("a stage is its steps and its validations, the one at the start included", () => {
  const validation = { episode: { ...episode, messages: 1 }, episodes: 10, every: 5 };
  const plan = plannedTokens({ episode, tasks: 1, groupSize: 2, steps: 12, kl: false, validation });
  expect(plan.validation).toEqual({
    episodes: 10,
    prompt: 10_000,
    uncachedPrompt: 10_000,
    sampled: 500,
    trained: 0,
    reference: 0,
  });
  expect(plan.stage).toMatchObject({
    episodes: 12 * 2 + 3 * 10,
    sampled: 12 * 300 + 3 * 500,
    trained: 12 * 2420,
  });
});
