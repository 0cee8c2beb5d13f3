import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { train } from "../../../src/training/loop/train.ts";
import { fakeBackend } from "../fake-backend.ts";
import { recordsIn } from "./run-files.ts";
import { algorithm, curriculumOf, newServer, stage, toyOptions, unwatched } from "./toy-run.ts";

const stateIn = (folder: string) => JSON.parse(readFileSync(join(folder, "state.json"), "utf8"));

describe("budgets", () => {
  test("of steps, hours and tokens end a run, and a larger one lets it go on", async () => {
    const options = toyOptions({ validateEvery: 0 });
    expect(await train({ ...options, budget: { steps: 2 } })).toMatchObject({ ended: "steps", steps: 2 });
    expect(await train({ ...options, budget: { hours: 0 } })).toMatchObject({ ended: "hours", steps: 2 });
    const { spent } = await train({ ...options, budget: { steps: 3 } });
    const tokens = spent.promptTokens + spent.sampledTokens;
    expect(await train({ ...options, budget: { tokens } })).toMatchObject({ ended: "tokens", steps: 3 });
    expect(await train({ ...options, budget: { tokens: tokens + 1 } })).toMatchObject({ ended: "tokens", steps: 4 });
    expect(recordsIn(options.folder).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
  });
});

test("an interruption keeps the state of the last step, and the same call goes on", async () => {
  const server = newServer();
  const interruption = new AbortController();
  const options = toyOptions({ validateEvery: 0, budget: { steps: 4 }, backend: fakeBackend({ server }) });
  const interrupted = await train({
    ...options,
    signal: interruption.signal,
    onStep: ({ step }) => step === 2 && interruption.abort(),
  });
  expect(interrupted).toMatchObject({ ended: "interrupted", steps: 2 });
  expect(await train({ ...options, backend: fakeBackend({ server }) })).toMatchObject({ ended: "steps", steps: 4 });
});

test("weights that no roll-back may need are deleted", async () => {
  const server = newServer();
  const options = toyOptions({
    validateEvery: 3,
    budget: { steps: 7 },
    staleness: 1,
    backend: fakeBackend({ server }),
  });
  const { checkpoint, best } = await train({ ...options, logprobTolerance: 0.1 });
  const kept = [...server.checkpoints.keys()].filter((name) => name.startsWith("step-"));
  expect(kept).toContain(checkpoint);
  expect(kept).toContain(best!.checkpoint);
  // The stage's first, the best, the last; samplers of the last two versions, and of the first for KL.
  expect(kept.length).toBeLessThanOrEqual(3);
  expect(server.checkpoints.size - kept.length).toBeLessThanOrEqual(3);
});

describe("a folder with another run", () => {
  test("is refused, with what differs; `fresh` replaces it", async () => {
    const options = toyOptions({ validateEvery: 0, budget: { steps: 1 } });
    await train(options);
    await expect(train({ ...options, seed: 2 })).rejects.toThrow("holds a run whose seed was 1, and is now 2");
    await expect(train({ ...options, about: { dataset: "other" } })).rejects.toThrow(/whose dataset was "toy"/);
    const curriculum = curriculumOf([stage("other")]);
    await expect(train({ ...options, curriculum })).rejects.toThrow(/whose curriculum was/);
    const fresh = { ...options, seed: 2, fresh: true, backend: fakeBackend({ server: newServer() }) };
    expect(await train(fresh)).toMatchObject({ ended: "steps", steps: 1 });
  });

  test("or with a damaged state is refused", async () => {
    const options = toyOptions({ validateEvery: 0, budget: { steps: 1 } });
    await train(options);
    writeFileSync(join(options.folder, "state.json"), "{}");
    await expect(train(options)).rejects.toThrow(/state.json is no state of a training run/);
  });
});

describe("played ahead", () => {
  test("rollouts are one step older than what is trained, but for the first and after a change of stage", async () => {
    const transition = { when: "fixedSteps", steps: 3 } as const;
    const curriculum = curriculumOf([stage("one", { transition }), stage("two", { transition })]);
    const options = toyOptions({ curriculum, staleness: 1, logprobTolerance: 0.001 });
    const { spent } = await train(options);
    const sampledBy = recordsIn(options.folder).flatMap(({ training }) => training?.sampledBy ?? []);
    expect(sampledBy).toEqual([0, 0, 1, 3, 3, 4]);
    // Those ahead of the second stage's first step and of the end.
    expect(spent.discardedEpisodes).toBe(24);
  });

  test("is refused where published weights are gone at the next step", async () => {
    const backend = fakeBackend({ server: newServer(), capabilities: { samplers: "until-next-step" } });
    await expect(train(toyOptions({ backend, staleness: 1 }))).rejects.toThrow(/--staleness 1: this server/);
  });
});

test("a collapse rolls back to the weights of the best validation, and goes on under new numbers", async () => {
  const server = newServer();
  const curriculum = curriculumOf([stage("only", { transition: { when: "fixedSteps", steps: 6 } })], {
    ...unwatched,
    gradientNorm: { ratio: 1.0001, sustained: 1, least: 2 },
    ...{ signalsToAct: 1, action: "rollBack", mostRollBacks: 1 },
  });
  const options = toyOptions({
    ...{ curriculum, validateEvery: 2, backend: fakeBackend({ server }) },
    algorithm: { ...algorithm, optimiser: { ...algorithm.optimiser, learningRate: 0.001 } },
  });
  await train(options);
  const decisions = recordsIn(options.folder).flatMap((record) => record.decisions);
  const rolledBack = decisions.find(({ kind }) => kind === "rollBack")!;
  expect(rolledBack).toBeDefined();
  const { step, toStep } = rolledBack as { step: number; toStep: number };
  // What was made since is not behind the next checkpoint.
  const histories = [...server.histories].filter(([name]) => name.startsWith("step-"));
  const after = histories.find(([name]) => name.startsWith(`step-${String(step + 1).padStart(6, "0")}`));
  expect(after![1]).toHaveLength(toStep + 1);
  const versions = recordsIn(options.folder).flatMap(({ training }) => training?.sampledBy ?? []);
  expect(versions).toEqual(versions.map((_, index) => index));
  expect(Object.keys(stateIn(options.folder).checkpoints).length).toBeLessThanOrEqual(3);
});
