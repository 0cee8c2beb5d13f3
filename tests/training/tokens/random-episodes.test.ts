import { expect, test } from "vitest";
import { environmentOf } from "../../../environments/index.ts";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import type { Renderer } from "../../../src/episode/renderer.ts";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { python } from "../../../src/episode/renderers/python.ts";
import { tagged } from "../../../src/episode/renderers/tagged.ts";
import { withSignatures } from "../../../src/episode/renderers/with-signatures.ts";
import { trainingSetting } from "../../../src/episode/setting.ts";
import { replayGroundTruth } from "../../../src/grading/ground-truth.ts";
import { profiles } from "../../../src/grading/profile.ts";
import { playEpisode } from "../../../src/rollout/play.ts";
import type { Policy } from "../../../src/rollout/policy.ts";
import { randomPolicy } from "../../../src/rollout/random-policy.ts";
import { groundTruthPolicy } from "../../../src/rollout/scripted-policies.ts";
import { loadBundledTasks } from "../../../src/task/bundled.ts";
import { loadChatFormat } from "../../../src/training/tokens/load-chat-format.ts";
import { supervisedEpisode } from "../../../src/training/tokens/supervised-episode.ts";
import type { ThoughtHistory } from "../../../src/training/tokens/token-conversation.ts";
import { startTokenRollout } from "../../../src/training/tokens/token-rollout.ts";
import { fakeSampler } from "./fake-sampler.ts";
import { chatMl, forgetful, gemma, llama, modelFolder } from "./model-folder.ts";

const tasks = (await loadBundledTasks()).filter((_, index) => index % 9 === 0);
const startsWith = (list: readonly number[], start: readonly number[]) =>
  start.every((one, index) => list[index] === one);

function settingFor(task: (typeof tasks)[number], renderer: Renderer) {
  return trainingSetting(replayGroundTruth(task, environmentOf(task.environments)), {
    ...{ profile: profiles.strict, renderer },
  });
}

/** Says what the random policy would, at times with a thought, with tokens that belong nowhere, or cut. */
function garbler(format: Awaited<ReturnType<typeof loadChatFormat>>, seed: string) {
  const random = seededRandom(seed);
  const script = randomPolicy(1);
  let next: readonly number[] = [];
  const fake = fakeSampler(() => next);
  const play = (policy: Policy): Policy => ({
    name: "garbler",
    async respond(moment) {
      const { content } = await script.respond(moment);
      const thought = random.number() < 0.4 ? "<think>é 😀 hm</think>" : "";
      const stray = random.number() < 0.3 ? [random.below(300), random.below(300)].filter((id) => id !== 258) : [];
      const end = random.number() < 0.2 ? [] : format.encode(format.endOfMessage);
      next = [...format.encode(format.literally(thought + content)), ...stray, ...end];
      return policy.respond(moment);
    },
  });
  return { fake, play };
}

const cases = [
  ["kept", chatMl, hermes],
  ["kept", llama, tagged],
  ["kept", forgetful, withSignatures(hermes)],
  ["template", gemma, python],
  ["template", forgetful, hermes],
  ["template", chatMl, tagged],
] as const;

test.each(cases)(
  "thoughts %s: every prompt is the segment so far and more, and its actions are what was sampled",
  async (history, template, renderer) => {
    const format = await loadChatFormat(modelFolder({ template }));
    for (const task of tasks) {
      const { fake, play } = garbler(format, `${task.id} ${renderer.name}`);
      const rollout = startTokenRollout({
        ...{ sampler: fake.sampler, format, temperature: 1, messageTokens: 2000, contextTokens: 60_000 },
        ...{ thoughtHistory: history, stickyKey: task.id },
      });
      const { ending } = await playEpisode(settingFor(task, renderer), play(rollout.policy));
      expect(ending?.why).not.toBe("aborted");
      const { segments, sampledTokens, promptTokens } = rollout.episode();
      const prompts = fake.requests.map(({ promptTokens }) => promptTokens);
      let before: readonly number[] = [];
      let started = 0;
      for (const [index, prompt] of prompts.entries()) {
        if (index === 0 || !startsWith(prompt, before)) started++;
        before = [...prompt, ...fake.sampled[index]!];
        expect(startsWith(segments[started - 1]!.tokens, before)).toBe(true);
      }
      expect(segments.length).toBe(started);
      if (history === "kept") expect(started).toBe(1);
      expect(segments.flatMap(({ tokens, actions }) => tokens.filter((_, at) => actions[at]))).toEqual(
        fake.sampled.flat(),
      );
      for (const { tokens, actions, logprobs } of segments) {
        expect([actions.length, logprobs.length]).toEqual([tokens.length, tokens.length]);
        expect(logprobs.every((logprob, at) => actions[at] || logprob === 0)).toBe(true);
        // A segment ends with what was sampled: prompts that were never answered are in none.
        expect(actions.at(-1)).toBe(true);
      }
      expect([sampledTokens, promptTokens]).toEqual([fake.sampled.flat().length, prompts[0]!.length]);
    }
  },
);

test("the random episodes of a forgetful template do start new segments", async () => {
  const format = await loadChatFormat(modelFolder({ template: forgetful }));
  const counts = [];
  for (const task of tasks) {
    const { fake, play } = garbler(format, task.id);
    const limits = { temperature: 1, messageTokens: 2000, contextTokens: 60_000, stickyKey: "" };
    const rollout = startTokenRollout({ sampler: fake.sampler, format, ...limits, thoughtHistory: "template" });
    await playEpisode(settingFor(task, hermes), play(rollout.policy));
    counts.push(rollout.episode().segments.length);
  }
  expect(Math.max(...counts)).toBeGreaterThan(2);
});

test.each<[ThoughtHistory, Renderer]>([
  ["kept", hermes],
  ["template", tagged],
  ["kept", python],
])(
  "a ground truth's episode, thoughts %s, is its messages as actions without log-probabilities",
  async (thoughtHistory, renderer) => {
    const format = await loadChatFormat(modelFolder());
    for (const task of tasks) {
      const setting = settingFor(task, renderer);
      const said: string[] = [];
      const truth: Policy = {
        name: "truth",
        async respond(moment) {
          const message = await groundTruthPolicy.respond(moment);
          said.push(message.content!);
          return message;
        },
      };
      const options = { format, thoughtHistory, contextTokens: 60_000 };
      const { segments, cutMessages, sampledTokens } = await supervisedEpisode(setting, truth, options);
      const [only] = segments;
      const actions = only!.tokens.filter((_, at) => only!.actions[at]);
      expect(format.decode(actions)).toBe(said.map((content) => `${content}<|im_end|>`).join(""));
      expect([segments.length, cutMessages, sampledTokens]).toEqual([1, 0, actions.length]);
      expect(only!.logprobs.every((logprob) => logprob === 0)).toBe(true);
      const half = Math.ceil(only!.tokens.length * 0.999);
      const shorter = await supervisedEpisode(setting, groundTruthPolicy, { ...options, contextTokens: half });
      expect(startsWith(only!.tokens, shorter.segments[0]?.tokens ?? [])).toBe(true);
      expect(shorter.sampledTokens).toBeLessThan(sampledTokens);
    }
  },
);

test.each([hermes, tagged])(
  "where the template opens a thought for the model, $name reads it as the model's",
  async (renderer) => {
    const template = chatMl.replace("assistant\\n'", "assistant\\n<think>\\n'");
    const format = await loadChatFormat(modelFolder({ template }));
    for (const history of ["kept", "template"] as const) {
      const [task] = tasks;
      const setting = settingFor(task!, renderer);
      const messages: string[] = [];
      const truth: Policy = {
        name: "truth",
        async respond(moment) {
          const said = moment.observation.messages.findLast(({ role }) => role === "assistant");
          if (said) messages.push(said.content!);
          return groundTruthPolicy.respond(moment);
        },
      };
      const { segments } = await supervisedEpisode(setting, truth, {
        format,
        thoughtHistory: history,
        contextTokens: 60_000,
      });
      const steps = task!.turns.flatMap(({ groundTruth }) => (groundTruth.length > 0 ? [1, 1] : [1])).length;
      expect(messages.length).toBe(steps - 1);
      for (const content of messages) expect(content).toMatch(/^<think>\n\n?<\/think>/);
      expect(segments.length).toBe(1);
      expect(format.decode(segments[0]!.tokens)).not.toContain("<think>\n<think>");
    }
  },
);
