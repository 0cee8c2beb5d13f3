import { expect, test } from "vitest";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { openai } from "../../../src/episode/renderers/openai.ts";
import { playEpisode } from "../../../src/rollout/play.ts";
import { sampleFirstMessages } from "../../../src/training/tokens/first-messages.ts";
import { loadChatFormat } from "../../../src/training/tokens/load-chat-format.ts";
import { startTokenRollout, type TokenRolloutOptions } from "../../../src/training/tokens/token-rollout.ts";
import { copying, settingOf } from "../../episode/sample-tasks.ts";
import { fakeSampler, saying, sequence } from "./fake-sampler.ts";
import { idsByHand, modelFolder } from "./model-folder.ts";

const format = await loadChatFormat(modelFolder());
const setting = settingOf(copying, hermes);
const called = '<tool_call>\n{"name": "cat", "arguments": {"file_name": "a.txt"}}\n</tool_call>';

function rolloutOf({ sampler }: ReturnType<typeof fakeSampler>, options: Partial<TokenRolloutOptions> = {}) {
  const limits = { messageTokens: 300, contextTokens: 100_000, temperature: 0.7 };
  return startTokenRollout({ sampler, format, ...limits, thoughtHistory: "kept", stickyKey: "copying/0", ...options });
}

test("an episode is sampled by ids, each prompt the one before with what was sampled and what is new", async () => {
  const fake = fakeSampler(saying(called, "It says pear.", "It still does."));
  const rollout = rolloutOf(fake);
  const episode = await playEpisode(setting, rollout.policy);
  expect(episode.ending).toEqual({ why: "completed" });
  const [first, second, third] = fake.requests.map(({ promptTokens }) => promptTokens);
  const result = '<tool_response>\n{"file_content": "pear\\napple"}\n</tool_response>';
  expect(second).toEqual([
    ...first!,
    ...idsByHand(`${called}<|im_end|>\n<|im_start|>user\n${result}<|im_end|>\n<|im_start|>assistant\n`),
  ]);
  expect(third).toEqual([
    ...second!,
    ...idsByHand("It says pear.<|im_end|>\n<|im_start|>user\nWhat does it say?<|im_end|>\n<|im_start|>assistant\n"),
  ]);
  const { segments, promptTokens, sampledTokens, cutMessages } = rollout.episode();
  expect(segments.map(({ tokens }) => tokens)).toEqual([[...third!, ...idsByHand("It still does.<|im_end|>")]]);
  expect(segments[0]!.tokens.filter((_, index) => segments[0]!.actions[index])).toEqual(fake.sampled.flat());
  expect([promptTokens, sampledTokens, cutMessages]).toEqual([first!.length, fake.sampled.flat().length, 0]);
  expect(episode.turns[1]![0]!.message).toEqual({
    ...{ role: "assistant", content: "It still does.", raw: true },
    tokens: segments[0]!.tokens.length,
  });
});

test("requests carry the temperature, the stop tokens and the key, and with a seed one for each message", async () => {
  const seedsOf = async (seed?: number) => {
    const fake = fakeSampler(saying());
    await playEpisode(setting, rolloutOf(fake, seed === undefined ? {} : { seed }).policy);
    expect(fake.requests[0]).toMatchObject({
      ...{ samples: 1, maxTokens: 300, temperature: 0.7, stickyKey: "copying/0", stopTokens: format.stopTokens },
    });
    return fake.requests.map((request) => request.seed);
  };
  expect(await seedsOf()).toEqual([undefined, undefined]);
  const [first, second] = await seedsOf(1);
  expect(first).not.toBe(second);
  expect(await seedsOf(1)).toEqual([first, second]);
  expect((await seedsOf(2))[0]).not.toBe(first);
});

test("rollouts of a group share the first prompt, which is sampled once", async () => {
  const fake = fakeSampler((_, count) => idsByHand(`Done ${count}.<|im_end|>`));
  const options = { sampler: fake.sampler, format, temperature: 1, messageTokens: 50, contextTokens: 100_000 };
  const firsts = sampleFirstMessages({ ...options, stickyKey: "copying", seed: 1 }, setting, 3);
  const rollouts = firsts.map((firstMessage) => rolloutOf(fake, { firstMessage }));
  const episodes = await Promise.all(rollouts.map(({ policy }, sample) => playEpisode(setting, policy, { sample })));
  expect(episodes.map(({ turns }) => turns[0]![0]!.message.content)).toEqual(["Done 0.", "Done 1.", "Done 2."]);
  expect(fake.requests.map(({ samples }) => samples)).toEqual([3, 1, 1, 1]);
  const [prompt] = fake.requests.map(({ promptTokens }) => promptTokens);
  for (const rollout of rollouts) expect(rollout.episode().promptTokens).toBe(prompt!.length);
  for (const { promptTokens } of fake.requests.slice(1)) expect(promptTokens.slice(0, prompt!.length)).toEqual(prompt);
});

test("a first message that failed aborts the episodes that wait for it", async () => {
  const fake = fakeSampler(saying());
  const rollout = rolloutOf(fake, { firstMessage: Promise.reject(new Error("server is gone")) });
  expect((await playEpisode(setting, rollout.policy)).ending).toMatchObject({
    why: "aborted",
    reason: "server is gone",
  });
});

test("a message is cut at the longest, counted, and the episode goes on", async () => {
  const fake = fakeSampler(saying("x".repeat(400), "Done."));
  const rollout = rolloutOf(fake);
  const episode = await playEpisode(setting, rollout.policy);
  expect(episode.ending).toEqual({ why: "completed" });
  expect(episode.turns[0]![0]!.message).toMatchObject({ content: "x".repeat(300), cut: true });
  expect(rollout.episode()).toMatchObject({ cutMessages: 1, sampledTokens: 306 });
  expect(fake.requests[1]!.promptTokens.slice(fake.requests[0]!.promptTokens.length + 300)).toEqual(
    idsByHand("<|im_end|>\n<|im_start|>user\nWhat does it say?<|im_end|>\n<|im_start|>assistant\n"),
  );
});

test("a stop token that comes with the last token allowed is no cut", async () => {
  const fake = fakeSampler(saying("1234", "1234"));
  const rollout = rolloutOf(fake, { messageTokens: 5 });
  await playEpisode(setting, rollout.policy);
  expect(rollout.episode().cutMessages).toBe(0);
});

test("an episode without room for another message ends by its tokens, and is not aborted", async () => {
  const first = format.encode(format.render(hermes.observe(transcript()).messages)).length;
  const play = async (options: Partial<TokenRolloutOptions>) => {
    const fake = fakeSampler(saying("Done.", "Done."));
    const rollout = rolloutOf(fake, options);
    const { ending } = await playEpisode(setting, rollout.policy);
    return { why: ending?.why, limits: fake.requests.map(({ maxTokens }) => maxTokens), tokens: rollout.episode() };
  };
  const next = idsByHand(
    "Done.<|im_end|>\n<|im_start|>user\nWhat does it say?<|im_end|>\n<|im_start|>assistant\n",
  ).length;
  expect(await play({ contextTokens: first })).toMatchObject({
    ...{ why: "tokenLimit", limits: [] },
    tokens: { segments: [], promptTokens: first, sampledTokens: 0 },
  });
  const cutShort = await play({ contextTokens: first + next });
  expect(cutShort).toMatchObject({ why: "tokenLimit", limits: [next], tokens: { sampledTokens: 6 } });
  // What was never answered is no part of the segment.
  expect(cutShort.tokens.segments[0]!.tokens.length).toBe(first + 6);
  expect(await play({ responseTokens: next })).toMatchObject({ why: "tokenLimit", limits: [next] });
  expect(await play({ responseTokens: next + 6 })).toMatchObject({ why: "completed", limits: [next + 6, 6] });
});

function transcript() {
  const { documents, task } = setting;
  return {
    documents,
    offered: documents,
    turns: [{ user: task.turns[0]!.user, released: [], withdrawn: [], steps: [] }],
  };
}

test("native tools, and a sampler that breaks its promise, abort with what is wrong", async () => {
  const reasonOf = async (rollout: ReturnType<typeof rolloutOf>, played = setting) =>
    (await playEpisode(played, rollout.policy)).ending;
  expect(await reasonOf(rolloutOf(fakeSampler(saying())), settingOf(copying, openai))).toMatchObject({
    reason: expect.stringMatching(/tools beside the messages/),
  });
  const firstMessage = Promise.resolve(sequence(idsByHand("no end")));
  expect(await reasonOf(rolloutOf(fakeSampler(saying()), { firstMessage }))).toMatchObject({
    reason: expect.stringMatching(/without the token that ended it/),
  });
});
