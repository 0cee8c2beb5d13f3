import { describe, expect, test } from "vitest";
import type { Backend } from "../../src/training/backend.ts";
import { hosted, skyrl, skyrlJax, type TinkerProfile } from "../../src/training/tinker/index.ts";
import { weightedBatch } from "../../src/training/tinker/weighted-batch.ts";
import { openTinkerBackend } from "../../src/training/tinker-backend.ts";
import type { Datum, Loss, TrainStep } from "../../src/training/trainer.ts";
import { type MockTinker, type MockTinkerOptions, startMockTinker } from "./mock-tinker/index.ts";

const optimiser = { learningRate: 0.05, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0 };
const fast = { timeoutMilliseconds: 1000, backoff: { tries: 3, firstMilliseconds: 1, longestMilliseconds: 5 } };

const batch: Datum[] = [
  {
    tokens: [1, 2, 3, 4],
    actions: [false, false, true, true],
    logprobs: [0, 0, -4, -4.5],
    advantages: [0, 0, 2, 2],
    weight: 0.5,
  },
  { tokens: [5, 6], actions: [false, true], logprobs: [0, -4], advantages: [0, -1], weight: 0.25 },
];
const losses: Loss[] = [
  { name: "cross_entropy" },
  { name: "importance_sampling" },
  { name: "ppo", clipLow: 0.2, clipHigh: 0.28 },
];
const flavours: [TinkerProfile, MockTinkerOptions][] = [
  [hosted, { flavour: "hosted" }],
  [skyrl, { flavour: "skyrl", normalisation: "token-sum" }],
  [skyrlJax, { flavour: "skyrl" }],
];

async function opened(profile: TinkerProfile, options: MockTinkerOptions = {}) {
  const mock = await startMockTinker(options);
  const backend = await openTinkerBackend({ baseUrl: mock.url, profile, rank: 8, ...fast });
  return {
    mock,
    backend,
    async [Symbol.asyncDispose]() {
      await backend.close();
      await mock.close();
    },
  };
}

const inputs = (profile: TinkerProfile, loss: Loss) => {
  const { data, loss: sent } = weightedBatch(batch, loss, profile);
  const numbers = data.map(({ lossInputs }) =>
    Object.fromEntries(Object.entries(lossInputs).map(([key, { data }]) => [key, data])),
  );
  return { numbers, sent };
};

describe("what is sent, worked out by hand", () => {
  test("a server that sums: the weight goes into advantages, or into the weights of cross-entropy", () => {
    expect(inputs(hosted, losses[1]!)).toEqual({
      numbers: [
        { target_tokens: [2, 3, 4], logprobs: [0, -4, -4.5], advantages: [0, 1, 1] },
        { target_tokens: [6], logprobs: [-4], advantages: [-0.25] },
      ],
      sent: { name: "importance_sampling" },
    });
    expect(inputs(hosted, losses[0]!)).toEqual({
      numbers: [
        { target_tokens: [2, 3, 4], weights: [0, 0.5, 0.5] },
        { target_tokens: [6], weights: [0.25] },
      ],
      sent: { name: "cross_entropy" },
    });
  });

  test("a server that takes means over 2 data and 2 and 1 actions: 0.5 · 2 · 2 = 2 and 0.25 · 2 · 1 = 0.5", () => {
    expect(inputs(skyrlJax, losses[2]!)).toEqual({
      numbers: [
        { target_tokens: [2, 3, 4], logprobs: [0, -4, -4.5], advantages: [0, 4, 4], weights: [0, 1, 1] },
        { target_tokens: [6], logprobs: [-4], advantages: [-0.5], weights: [1] },
      ],
      sent: { name: "ppo", config: { clip_low_threshold: 0.8, clip_high_threshold: 1.28 } },
    });
    expect(inputs(skyrlJax, losses[0]!)).toEqual({
      numbers: [
        { target_tokens: [2, 3, 4], logprobs: [0, 0, 0], advantages: [0, 2, 2], weights: [0, 1, 1] },
        { target_tokens: [6], logprobs: [0], advantages: [0.5], weights: [1] },
      ],
      sent: { name: "cispo", config: { clip_low_threshold: 1, clip_high_threshold: 1 } },
    });
  });
});

test.each(losses)("$name has the same gradient on every server", async (loss) => {
  const steps = await Promise.all(
    flavours.map(async ([profile, options]) => {
      await using server = await opened(profile, options);
      const { metrics, logprobs } = await server.backend.trainer.step({ batch, loss, optimiser });
      const sequences = batch.map(({ tokens }) => tokens);
      return {
        norm: metrics["skyrl.ai/grad_norm"]!,
        logprobs,
        after: (await server.backend.trainer.logprobs(sequences)).flat(),
      };
    }),
  );
  for (const { norm, logprobs, after } of steps) {
    expect(norm).toBeCloseTo(steps[0]!.norm, 10);
    expect(logprobs).toEqual(steps[0]!.logprobs);
    after.forEach((logprob, index) => {
      expect(logprob).toBeCloseTo(steps[0]!.after[index]!, 8);
    });
  }
});

const step = (advantage: number): TrainStep => ({
  batch: batch.map((datum) => ({ ...datum, advantages: datum.advantages.map((value) => value * advantage) })),
  loss: losses[1]!,
  optimiser,
});

async function samples(backend: Backend, version: number) {
  const sampler = await backend.publish(version);
  const request = { promptTokens: [1, 2, 3], samples: 2, maxTokens: 6, temperature: 1, stopTokens: [], seed: 4 };
  return { sampler, sequences: await sampler.sample(request) };
}

describe.each(flavours)("$name", (profile, options) => {
  test("sampler and trainer agree after each publication", async () => {
    await using server = await opened(profile, options);
    const { backend } = server;
    const seen = [];
    for (let version = 0; version < 3; version++) {
      const { sampler, sequences } = await samples(backend, version);
      const sequence = [1, 2, 3, ...sequences[0]!.tokens];
      const [trained] = await backend.trainer.logprobs([sequence]);
      expect(trained!.slice(3)).toEqual(sequences[0]!.logprobs);
      expect(await sampler.logprobs!(sequence)).toEqual(trained);
      seen.push(trained);
      await backend.trainer.step(step(version + 1));
    }
    expect(seen[1]).not.toEqual(seen[0]);
    const base = await backend.baseSampler();
    expect(await base.logprobs!([1, 2, 3])).toEqual(seen[0]!.slice(0, 3));
  });

  test("loading goes back to what was saved, optimiser too", async () => {
    await using server = await opened(profile, options);
    const { trainer } = server.backend;
    const sequences = [[1, 2, 3, 4], [7]];
    await trainer.step(step(1));
    const path = await trainer.save("one");
    await trainer.step(step(2));
    const after = await trainer.logprobs(sequences);
    await trainer.step(step(3));
    await trainer.load(path);
    expect(await trainer.logprobs(sequences)).not.toEqual(after);
    await trainer.step(step(2));
    expect(await trainer.logprobs(sequences)).toEqual(after);
    expect(after[1]).toEqual([0]);
    expect(server.mock.models().length).toBe(1);
    await trainer.save("one");
  });

  test("a run goes on from its checkpoint in another process, also after the server was restarted", async () => {
    await using mock = await startMockTinker(options);
    const first = await openTinkerBackend({ baseUrl: mock.url, profile, rank: 8, ...fast });
    await first.trainer.step(step(1));
    const path = await first.trainer.save("one");
    await first.trainer.step(step(5));
    mock.restart();
    await expect(first.trainer.step(step(6))).rejects.toThrow("404");
    await first.close();
    const second = await openTinkerBackend({ baseUrl: mock.url, profile, rank: 8, ...fast });
    await second.trainer.load(path);
    await second.trainer.step(step(2));
    expect(effective(mock, await second.trainer.save("two"))).toEqual([1, 2]);
    await second.close();
  });
});

/** The advantages of each step that made a checkpoint's weights, as multiples of the first step's. */
function effective(mock: MockTinker, path: string): number[] {
  const steps = mock.history(path).map(({ batches }) => batches[0]!.data[0]!.loss_fn_inputs.advantages!.data.at(-1)!);
  return steps.map((advantage) => advantage / steps[0]!);
}

describe("what a version's sampler is good for", () => {
  const request = { promptTokens: [1], samples: 1, maxTokens: 2, temperature: 1, stopTokens: [] };

  test("the hosted service keeps every version, and another process can open it", async () => {
    await using server = await opened(hosted);
    const first = await samples(server.backend, 0);
    await server.backend.trainer.step(step(1));
    await samples(server.backend, 1);
    expect((await first.sampler.sample({ ...request, seed: 1 })).length).toBe(1);
    const other = await openTinkerBackend({ baseUrl: server.mock.url, profile: hosted, rank: 8, ...fast });
    const again = await other.openSampler(first.sampler.path, 0);
    const sequence = [1, 2, 3, ...first.sequences[0]!.tokens];
    expect((await again.logprobs!(sequence)).slice(3)).toEqual(first.sequences[0]!.logprobs);
    await other.close();
  });

  test("SkyRL's versions are not sampled when their weights are no longer served", async () => {
    for (const [profile, afterStep] of [
      [skyrl, true],
      [skyrlJax, false],
    ] as const) {
      await using server = await opened(profile, { flavour: "skyrl" });
      const { sampler } = await samples(server.backend, 0);
      await server.backend.trainer.step(step(1));
      const sampled = sampler.sample(request);
      if (afterStep) await sampled;
      else await expect(sampled).rejects.toThrow("version 0 can no longer be sampled");
      await samples(server.backend, 1);
      await expect(sampler.sample(request)).rejects.toThrow("keeps no weights but the newest");
      await expect(server.backend.openSampler(sampler.path, 0)).rejects.toThrow("load the training checkpoint");
    }
  });
});

test("after a failed step the model is of no use until a checkpoint is loaded", async () => {
  let fails = false;
  await using server = await opened(hosted, {
    intercept: (path) => (fails && path === "optim_step" ? { status: 400, body: { detail: "no" } } : undefined),
  });
  const { trainer } = server.backend;
  const path = await trainer.save("one");
  fails = true;
  await expect(trainer.step(step(1))).rejects.toThrow("400");
  fails = false;
  await expect(trainer.step(step(1))).rejects.toThrow("load a checkpoint first");
  await expect(trainer.save("two")).rejects.toThrow("load a checkpoint first");
  await trainer.load(path);
  await trainer.step(step(1));
  expect(server.mock.log.steps.length).toBe(1);
});

test("after a load that failed nothing is trained, least of all an untrained model", async () => {
  await using server = await opened(hosted, { flavour: "hosted" });
  const { trainer } = server.backend;
  const path = await trainer.save("one");
  await trainer.step(step(1));
  await expect(trainer.load("tinker://model/weights/none")).rejects.toThrow();
  await expect(trainer.step(step(1))).rejects.toThrow("load a checkpoint first");
  await expect(server.backend.publish(1)).rejects.toThrow("load a checkpoint first");
  await trainer.load(path);
  await trainer.step(step(1));
});

test("a sequence with a log-probability that is no number is the server's fault", async () => {
  await using server = await opened(hosted, {
    intercept: (path) =>
      path === "retrieve_future"
        ? { status: 200, body: { type: "sample", sequences: [{ tokens: [1], logprobs: [null], stop_reason: "stop" }] } }
        : undefined,
  });
  const sampler = await server.backend.baseSampler();
  const asked = { promptTokens: [1], samples: 1, maxTokens: 1, temperature: 1, stopTokens: [] };
  await expect(sampler.sample(asked)).rejects.toThrow("asample: sequences[0].logprobs[0] is NaN");
});

test("what a server cannot do is said before anything is sent", async () => {
  await using server = await opened(skyrl, { flavour: "skyrl" });
  const { trainer } = server.backend;
  await expect(trainer.step({ ...step(1), optimiser: { ...optimiser, gradientClip: 1 } })).rejects.toThrow(
    "gradientClip: the skyrl server does not clip",
  );
  await expect(trainer.step({ ...step(1), batch: [] })).rejects.toThrow("not empty");
  await expect(trainer.step(step(Number.NaN))).rejects.toThrow("batch[0]: advantages[0] is NaN");
  expect(server.mock.log.events).toEqual([]);
});
