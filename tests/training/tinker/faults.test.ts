import { describe, expect, test } from "vitest";
import {
  float32,
  int64,
  type Pause,
  TinkerClient,
  type TinkerDatum,
  type TinkerOptions,
} from "../../../src/training/tinker/index.ts";
import {
  type FaultKind,
  type FaultRates,
  faultKinds,
  type MockTinkerOptions,
  startMockTinker,
} from "../mock-tinker/index.ts";

const adam = { learning_rate: 0.05, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0 };
const fast = { timeoutMilliseconds: 200, backoff: { tries: 20, firstMilliseconds: 1, longestMilliseconds: 5 } };

function datum(tokens: readonly number[], logprobs: readonly number[], prompt: number, advantage: number): TinkerDatum {
  const own = tokens.slice(1).map((_, t) => (t + 1 >= prompt ? 1 : 0));
  return {
    modelInput: tokens.slice(0, -1),
    lossInputs: {
      target_tokens: int64(tokens.slice(1)),
      logprobs: float32(own.map((one, t) => (one ? logprobs[t + 1 - prompt]! : 0))),
      advantages: float32(own.map((one) => one * advantage)),
    },
  };
}

/** A short training run, three gradient steps with two batches each, everything pipelined; what it brought, and what the server did. */
async function train(server: MockTinkerOptions = {}, options: Partial<TinkerOptions> = {}) {
  await using mock = await startMockTinker({ holdMilliseconds: 5, ...server });
  const client = await TinkerClient.connect({ baseUrl: mock.url, ...fast, ...options });
  try {
    const model = await client.createModel({ baseModel: "toy/base", rank: 8 });
    const seen: unknown[] = [];
    for (let step = 0; step < 3; step++) {
      const sampler = await client.createSampler({ modelPath: await model.saveWeightsForSampler(`version-${step}`) });
      const prompts = [
        [1, 2, 3 + step],
        [4 + step, 5],
        [6, 7, 8, 9],
      ];
      const samples = await Promise.all(
        prompts.map((promptTokens, seed) =>
          sampler.sample({ promptTokens, samples: 2, maxTokens: 5, seed, promptLogprobs: true }),
        ),
      );
      const data = samples.flatMap(({ sequences }, index) =>
        sequences.map(({ tokens, logprobs }, n) =>
          datum([...prompts[index]!, ...tokens], logprobs, prompts[index]!.length, n === 0 ? 1 : -1),
        ),
      );
      const loss = { name: "importance_sampling" } as const;
      const results = await Promise.all([
        model.forwardBackward(data.slice(0, 3), loss),
        model.forwardBackward(data.slice(3), loss),
        model.optimStep(adam),
        model.forward(data.slice(0, 1), loss),
      ]);
      seen.push(samples, results);
    }
    seen.push(await model.saveWeights("end"));
    const path = `tinker://${model.id}/weights/end`;
    const again = await client.createModelFrom(path, { baseModel: "toy/base", rank: 8 });
    seen.push(await again.optimStep({ ...adam, learning_rate: 0 }));
    const { events, steps, faults } = mock.log;
    const own = steps.map(({ batches, weights }) => ({ batches, weights }));
    const order = events.filter(({ model: id }) => id === model.id).map(({ kind, seq }) => `${seq} ${kind}`);
    return { seen, steps: own, history: mock.history(again.id).length, order, faults, requests: mock.log.requests };
  } finally {
    client.close();
  }
}

const plain = train();
/** What the model's name is part of does not compare. */
const withoutNames = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(/model_[0-9a-f]+/g, "model"));

async function sameAsPlain(faults: FaultRates, seed: number, options: MockTinkerOptions = {}) {
  const expected = await plain;
  const run = await train({ faults, seed, ...options });
  expect(withoutNames(run.seen)).toEqual(withoutNames(expected.seen));
  expect(run.steps).toEqual(expected.steps);
  expect(run.order).toEqual(expected.order);
  expect(run.history).toBe(expected.history);
  return run;
}

test("a run without faults makes each gradient step once, in order", async () => {
  const { steps, order, history } = await plain;
  expect(steps.length).toBe(4);
  expect(steps.slice(0, 3).map(({ batches }) => batches.map(({ data }) => data.length))).toEqual([
    [3, 3],
    [3, 3],
    [3, 3],
  ]);
  expect(order.map((entry) => Number(entry.split(" ")[0]))).toEqual(order.map((_, index) => index + 1));
  expect(history).toBe(4);
});

/** A failed request is for the caller to handle. */
const survived = faultKinds.filter((kind) => kind !== "failed");

describe.concurrent.each(survived)("%s", (kind) => {
  test("brings the results of a run without faults, and no step is lost or made twice", async () => {
    const rate = kind === "stall" ? 0.1 : 0.35;
    const run = await sameAsPlain({ [kind]: rate }, 1);
    expect(run.faults.get(kind)).toBeGreaterThan(2);
  });
});

const mixed = Object.fromEntries(
  survived.map((kind): [FaultKind, number] => [kind, kind === "stall" ? 0.01 : 0.06]),
) as FaultRates;

test.concurrent.each([1, 2, 3, 4, 5, 6])("all of them mixed, seed %i", async (seed) => {
  const run = await sameAsPlain(mixed, seed, { holdMilliseconds: 20 });
  expect(run.faults.size).toBeGreaterThan(6);
});

test.concurrent.each([1, 2, 3])(
  "SkyRL knows fewer repeated requests, and none is lost or doubled there either, seed %i",
  async (seed) => {
    const skyrl = { flavour: "skyrl", normalisation: "token-sum" } as const;
    const { "410": _, ...faults } = mixed;
    await sameAsPlain(faults, seed, skyrl);
  },
);

test("a repeated request is the same to the byte, and has the same key", async () => {
  const { requests } = await train({ faults: { "drop-after": 0.3, "410": 0.2 }, seed: 7 });
  const numbered = requests.filter(({ body }) => body?.seq_id !== undefined);
  const names = numbered.map(({ body }) => `${body.model_id ?? body.sampling_session_id} ${body.seq_id}`);
  expect(numbered.length).toBeGreaterThan(new Set(names).size + 5);
  expect(new Set(numbered.map((request) => JSON.stringify(request))).size).toBe(new Set(names).size);
});

test("pauses are told", async () => {
  const pauses: Pause[] = [];
  await train({ faults: { try_again: 0.5 }, seed: 3 }, { onPause: (pause) => pauses.push(pause) });
  expect(new Set(pauses.map(({ state }) => state))).toEqual(new Set(["paused_capacity", "paused_rate_limit"]));
  expect(new Set(pauses.map(({ request }) => request))).toContain("optim_step");
});
