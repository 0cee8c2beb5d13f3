import { expect, test } from "vitest";
import { train } from "../../../src/training/loop/train.ts";
import { fakeBackend } from "../fake-backend.ts";
import { recordsIn } from "./run-files.ts";
import { newServer, toyOptions } from "./toy-run.ts";

test("rollouts whose requests fail are counted and not trained on, nor are groups with fewer than two others", async () => {
  const server = newServer();
  let [groups, follow] = [0, 0];
  const backend = fakeBackend({
    server,
    before(call, request) {
      if (call !== "sample") return;
      // The second group's common request fails, and one message of another one.
      if (request!.samples === 4 && ++groups === 2) throw new Error("out of order");
      if (request!.samples === 1 && request!.promptTokens.length > 200 && ++follow === 1) throw new Error("cut off");
    },
  });
  const options = toyOptions({ backend, validateEvery: 0, budget: { steps: 1 } });
  options.algorithm satisfies object;
  await train({ ...options, algorithm: { ...options.algorithm, constantGroups: "train" } });
  const { training } = recordsIn(options.folder)[1]!;
  expect(training).toMatchObject({
    episodes: 12,
    faults: { endpoint: 5, harness: 0, episode: 0 },
    groups: { trained: 2 },
  });
  expect(server.steps[0]!.batch).toHaveLength(7);
});

test("where faults leave nothing, the run stops and says why", async () => {
  const backend = fakeBackend({
    server: newServer(),
    before(call, request) {
      if (call === "sample" && request!.samples === 4) throw new Error("no room for adapters");
    },
  });
  await expect(train(toyOptions({ backend, validateEvery: 0 }))).rejects.toThrow(
    "step 1: none of the 3 groups has two rollouts without a fault; the last: no room for adapters",
  );
});

test("rollouts of a sampler that disagrees with the trainer stop the run", async () => {
  let steps = 0;
  const fake = {
    server: newServer(),
    before: (call: string) => void (call === "step" && steps++),
    logprobs: (logprob: number) => (steps === 2 && logprob !== 0 ? logprob - 0.5 : logprob),
  };
  const options = toyOptions({ backend: fakeBackend(fake) });
  await expect(train(options)).rejects.toThrow(/disagree on the rollouts of this step: .* differ by 0.500 nats/);
  expect(recordsIn(options.folder).map(({ step }) => step)).toEqual([0, 1]);
});

test("a sampler that goes on serving older weights stops the run, one that switches late does not", {
  timeout: 60_000,
}, async () => {
  const late = (probes: number) =>
    toyOptions({ backend: fakeBackend({ server: newServer(), late: probes }), validateEvery: 0, budget: { steps: 2 } });
  expect(await train(late(2))).toMatchObject({ ended: "steps" });
  await expect(train(late(1000))).rejects.toThrow(/disagree on version 1, which was just published/);
});
