import { afterEach, expect, test, vi } from "vitest";
import { float32, int64, TinkerClient, type TinkerDatum, TinkerError } from "../../../src/training/tinker/index.ts";
import { type MockTinkerOptions, startMockTinker } from "../mock-tinker/index.ts";

const adam = { learning_rate: 0.05, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0 };
const fast = { timeoutMilliseconds: 1000, backoff: { tries: 3, firstMilliseconds: 1, longestMilliseconds: 5 } };
const lora = { baseModel: "toy/base", rank: 8 };
const apiKey = "tml-very-secret";

function datum(...tokens: number[]): TinkerDatum {
  const targets = tokens.slice(1);
  return {
    modelInput: tokens.slice(0, -1),
    lossInputs: { target_tokens: int64(targets), weights: float32(targets.map(() => 1)) },
  };
}
const data = [datum(1, 2, 3), datum(4, 5), datum(6, 7, 8, 9), datum(10, 11), datum(12, 13, 14)];
const loss = { name: "cross_entropy" } as const;

async function connected(options: MockTinkerOptions = {}) {
  const mock = await startMockTinker({ apiKey, ...options });
  const backoff = { ...fast.backoff, tries: options.faults ? 20 : 3 };
  const client = await TinkerClient.connect({ baseUrl: mock.url, apiKey, ...fast, backoff });
  return {
    mock,
    client,
    async [Symbol.asyncDispose]() {
      client.close();
      await mock.close();
    },
  };
}

/** Answers one kind of request as it is told. */
const answering = (wanted: string, status: number, body: unknown): MockTinkerOptions => ({
  intercept: (path) => (path === wanted ? { status, body } : undefined),
});

const caught = (promise: Promise<unknown>): Promise<TinkerError> =>
  promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error) => error,
  );

afterEach(() => {
  vi.useRealTimers();
});

test("models, checkpoints and what is known of them", async () => {
  await using server = await connected();
  const { client } = server;
  await client.health();
  expect(await client.supportedModels()).toEqual(["toy/base"]);
  const model = await client.createModel(lora);
  expect((await model.info()).model_data.lora_config?.rank).toBe(8);
  const path = await model.saveWeights("first");
  const sampled = await model.saveWeightsForSampler("first");
  expect((await client.checkpoints(model.id)).map(({ tinker_path }) => tinker_path)).toEqual([path, sampled]);
  expect(await client.weightsInfo(path)).toMatchObject({ base_model: "toy/base", is_lora: true, lora_rank: 8 });
  await client.deleteCheckpoint(sampled);
  await client.deleteCheckpoint(sampled);
  expect((await client.checkpoints(model.id)).length).toBe(1);
  await model.unload();
  await model.unload();
  expect(server.mock.models()).toEqual([]);
});

test("what is sampled has the log-probabilities that training gives it", async () => {
  await using server = await connected();
  const model = await server.client.createModel(lora);
  await Promise.all([model.forwardBackward(data, loss), model.optimStep(adam)]);
  const sampler = await server.client.createSampler({ modelPath: await model.saveWeightsForSampler("v1") });
  const { sequences, promptLogprobs } = await sampler.sample({
    promptTokens: [1, 2],
    samples: 2,
    maxTokens: 4,
    seed: 5,
    promptLogprobs: true,
  });
  expect(sequences[0]).not.toEqual(sequences[1]);
  for (const { tokens, logprobs } of sequences) {
    const trained = await model.forward([datum(1, 2, ...tokens)], loss);
    expect(trained.logprobs[0]).toEqual([promptLogprobs![1], ...logprobs]);
  }
});

test("a large batch goes in several requests and brings the same", async () => {
  const limits = { fwdbwd_max_chunk_len: 2, fwdbwd_max_chunk_bytes_count: 100_000 };
  await using whole = await connected();
  await using split = await connected(answering("client/config", 200, limits));
  const results = await Promise.all(
    [whole, split].map(async ({ client }) => {
      const model = await client.createModel(lora);
      return Promise.all([model.forwardBackward(data, loss), model.optimStep(adam)]);
    }),
  );
  expect(split.mock.log.events.map(({ kind }) => kind)).toEqual([...Array(3).fill("forward_backward"), "optim_step"]);
  expect(results[1]![0].logprobs).toEqual(results[0]![0].logprobs);
  expect(results[1]![0].metrics["loss:sum"]).toBeCloseTo(results[0]![0].metrics["loss:sum"]!, 10);
  expect(results[1]![1].metrics["skyrl.ai/grad_norm"]).toBeCloseTo(results[0]![1].metrics["skyrl.ai/grad_norm"]!, 10);
});

test("a failed request says why, and what is sent next goes on", async () => {
  await using server = await connected({ faults: { failed: 0.999 } });
  const model = await server.client.createModel(lora);
  const error = await caught(model.forwardBackward(data, loss));
  expect(error).toBeInstanceOf(TinkerError);
  expect(error).toMatchObject({ message: "forward_backward failed: the machine is out of memory", kind: "passing" });
  expect(server.mock.log.steps).toEqual([]);
});

test("a refused request takes those with it that wait behind it, and no later ones", async () => {
  await using server = await connected();
  const model = await server.client.createModel(lora);
  const wrong = { modelInput: [1], lossInputs: { target_tokens: int64([2]), weights: float32([1]), mask: int64([1]) } };
  const [refused, behind] = await Promise.allSettled([model.forwardBackward([wrong], loss), model.optimStep(adam)]);
  expect((refused as PromiseRejectedResult).reason.message).toMatch(/400 from .*forward_backward: datum 0: inputs are/);
  expect((behind as PromiseRejectedResult).reason.message).toMatch("optim_step was not sent");
  await Promise.all([model.forwardBackward(data, loss), model.optimStep(adam)]);
  expect(server.mock.log.events.map(({ seq }) => seq)).toEqual([1, 2]);
});

test.each([
  ["402", answering("optim_step", 402, { detail: "unpaid" }), /402 .*unpaid; the service has paused this account/],
  ["409", answering("optim_step", 409, { detail: "reused" }), /409 .*reused; .*second process/],
  ["404 for a future", answering("retrieve_future", 404, { detail: "Future not found" }), /404 .*it was restarted/],
  ["protobuf in", { protobuf: "requests" }, /speaks only protobuf.*docs\/tinker\.md/],
  ["protobuf out", { protobuf: "answers" }, /speaks only protobuf.*docs\/tinker\.md/],
  [
    "a key it repeats",
    answering("optim_step", 403, { detail: `no ${apiKey}` }),
    /403 .*no \*\*\*; is the API key right/,
  ],
  [
    "400 as SkyRL's failure",
    answering("retrieve_future", 400, { detail: "Model m not loaded" }),
    /go on from a checkpoint/,
  ],
  [
    "a base model that is not sampled",
    answering("retrieve_future", 400, { detail: "Sampling requested for unknown model_id(s): ['']" }),
    /train without \(--kl off\)/,
  ],
  ["nonsense", answering("optim_step", 200, { id: 1 }), /optim_step: request_id: /],
  ["trouble that lasts", answering("optim_step", 503, "down"), /gave up after 3 tries: 503 .*down/],
] as [string, MockTinkerOptions, RegExp][])("%s is a clear error, without the key", async (_, options, message) => {
  await using server = await connected(options);
  const run = async () => {
    const model = await server.client.createModel(lora);
    await Promise.all([model.forwardBackward(data, loss), model.optimStep(adam)]);
  };
  const error = await caught(run());
  expect(error.message).toMatch(message);
  expect(String(error.stack)).not.toContain(apiKey);
});

test.each([1, 2, 3])("a server that would make a repeated step again is sent none twice, seed %i", async (seed) => {
  const faults = { "drop-after": 0.3, "502-after": 0.3 };
  await using server = await connected({
    flavour: "skyrl",
    normalisation: "token-sum",
    unnumbered: true,
    faults,
    seed,
  });
  const error = await caught(
    (async () => {
      for (;;) {
        const model = await server.client.createModel(lora);
        await Promise.all([model.forwardBackward(data, loss), model.optimStep(adam)]);
      }
    })(),
  );
  expect(error.message).toMatch(/no connection|502|not sent/);
  const made = server.mock.log.events.map(({ kind, model }) => `${model} ${kind}`);
  expect(new Set(made).size).toBe(made.length);
  expect(made.length).toBeGreaterThan(0);
});

test("nor where it has lost its promise of a result", async () => {
  let lost = false;
  await using server = await connected({
    ...{ flavour: "skyrl", normalisation: "token-sum", unnumbered: true },
    intercept: (path) => (lost && path === "retrieve_future" ? { status: 410, body: {} } : undefined),
  });
  const model = await server.client.createModel(lora);
  lost = true;
  const error = await caught(model.forwardBackward(data, loss));
  expect(error.message).toMatch("forward_backward: the server lost its promise, and would make it a second time");
  expect(server.mock.log.requests.filter(({ path }) => path === "forward_backward")).toHaveLength(1);
  lost = false;
  await expect(model.optimStep(adam)).rejects.toThrow("optim_step was not sent");
});

test("a wrong key is refused at once and not shown", async () => {
  await using mock = await startMockTinker({ apiKey });
  const error = await caught(TinkerClient.connect({ baseUrl: mock.url, apiKey: "tml-wrong", ...fast }));
  expect(error).toMatchObject({ status: 401, kind: "lasting" });
  expect(error.message).toMatch("wrong key ***; is the API key right?");
});

test("a signal ends a wait, and the model goes on", async () => {
  await using server = await connected({ holdMilliseconds: 300 });
  const model = await server.client.createModel(lora);
  const stop = new AbortController();
  const waiting = model.forwardBackward(data, loss, stop.signal);
  setTimeout(() => stop.abort(new Error("enough")), 20);
  expect((await caught(waiting)).message).toBe("enough");
  await model.optimStep(adam);
  expect(server.mock.log.steps.length).toBe(1);
});

test("a lost session ends every wait and says so", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let stuck = false;
  await using server = await connected({
    intercept: (path) => (stuck && path === "retrieve_future" ? { status: 408, body: {} } : undefined),
  });
  const model = await server.client.createModel(lora);
  stuck = true;
  const waiting = model.forwardBackward(data, loss);
  await vi.waitFor(() => expect(server.mock.log.events.length).toBe(1));
  server.mock.restart();
  vi.advanceTimersByTime(10_000);
  expect((await caught(waiting)).message).toMatch(/lost session session_.*connect again and load a checkpoint/);
  expect((await caught(server.client.supportedModels())).message).toMatch("lost session");
});

test("a closed client waits for nothing", async () => {
  await using server = await connected({ holdMilliseconds: 5000 });
  const waiting = server.client.createModel(lora);
  server.client.close();
  expect((await caught(waiting)).message).toBe("the Tinker client was closed");
});

test("names and addresses are checked before anything is sent", async () => {
  await expect(TinkerClient.connect({ baseUrl: "localhost" })).rejects.toThrow("baseUrl");
  await using server = await connected();
  const model = await server.client.createModel(lora);
  await expect(model.saveWeights("../x")).rejects.toThrow("letters, digits");
  await expect(server.client.deleteCheckpoint("x")).rejects.toThrow("tinker://model/weights/name");
});
