import { expect, test } from "vitest";
import type { Environment } from "../../../src/core/environment.ts";
import { replayGroundTruth } from "../../../src/grading/ground-truth.ts";
import { train } from "../../../src/training/loop/train.ts";
import { fakeBackend } from "../fake-backend.ts";
import { recordsIn } from "./run-files.ts";
import { algorithm, environment, newServer, toyOptions } from "./toy-run.ts";

/** The word that takes another book than is asked for. */
const persuasion = 1;

test("an environment that breaks costs the episode, which is counted and not trained on", async () => {
  const breaking: Environment = {
    ...environment,
    step(state, call) {
      if (JSON.stringify(call).includes("Persuasion")) throw new Error("broken tool");
      return environment.step(state, call);
    },
  };
  const server = newServer();
  const options = toyOptions({
    backend: fakeBackend({ server }),
    truthOf: (task) => replayGroundTruth(task, breaking),
    // A message is a word.
    messageTokens: 1,
    budget: { steps: 2 },
    validateEvery: 0,
  });
  expect(await train(options)).toMatchObject({ ended: "steps" });
  const faults = recordsIn(options.folder).flatMap(({ training }) => training?.faults.episode ?? []);
  expect(faults.every((count) => count > 0)).toBe(true);
  const said = server.steps.flatMap(({ batch }) =>
    batch.flatMap(({ tokens, actions }) => tokens.filter((_, at) => actions[at])),
  );
  expect(said.length).toBeGreaterThan(0);
  expect(said).not.toContain(persuasion);
});

test("where every episode breaks, the run says why", async () => {
  const breaking: Environment = {
    ...environment,
    step: () => {
      throw new Error("broken tool");
    },
  };
  const options = toyOptions({
    truthOf: (task) => ({ ...replayGroundTruth(task, environment), environment: breaking }),
    algorithm: { ...toyOptions().algorithm, batch: { tasks: 1, groupSize: 2 } },
    validateEvery: 0,
  });
  await expect(train(options)).rejects.toThrow(
    /none of the 1 groups has two rollouts without a fault; the last: broken/,
  );
});

test.each([algorithm, { ...algorithm, loss: { name: "cross_entropy" } } as const])(
  "a run whose prompts leave no room for a message says so, and does not make empty steps",
  async (algorithm) => {
    const options = toyOptions({ algorithm, contextTokens: 10, validateEvery: 0, budget: { steps: 2 } });
    await expect(train(options)).rejects.toThrow("step 1: no prompt leaves room for a message: raise --context-tokens");
  },
);

test("a second process in the same folder ends the one that comes later, and nothing is mixed", async () => {
  let second: Promise<unknown> | undefined;
  const server = newServer();
  const options = toyOptions({ validateEvery: 0, budget: { steps: 2 } });
  const backend = fakeBackend({
    server,
    before: async (call) => {
      if (call !== "step") return;
      second ??= train({ ...options, backend: fakeBackend({ server }) });
      await second;
    },
  });
  await expect(train({ ...options, backend })).rejects.toThrow("another process trains in it");
  expect(await second).toMatchObject({ ended: "steps", steps: 2 });
  expect(recordsIn(options.folder).map(({ step }) => step)).toEqual([0, 1, 2]);
});
