import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { presets } from "../../../src/training/algorithm/presets.ts";
import { readTrainingRun } from "../../../src/training/loop/run-folder.ts";
import { groundTruthCurriculum } from "../../../src/training/loop/supervised-batch.ts";
import { train } from "../../../src/training/loop/train.ts";
import { fakeBackend } from "../fake-backend.ts";
import { filesIn, recordsIn } from "./run-files.ts";
import { algorithm, curriculumOf, newServer, stage, toyOptions, unwatched } from "./toy-run.ts";

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("a run learns: reward rises, and each step leaves its record and its traces", async () => {
  const options = toyOptions();
  const result = await train(options);
  expect(result).toMatchObject({ ended: "finished", steps: 20, best: { step: 10, accuracy: 1 } });
  const records = recordsIn(options.folder);
  expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, step) => step));
  expect(records[0]).toMatchObject({ stage: "only", validation: { tasks: 3 }, decisions: [{ kind: "start" }] });
  expect(records[0]!.training).toBeUndefined();
  const rewards = records.slice(1).map(({ training }) => training!.reward);
  expect(mean(rewards.slice(-5))).toBeGreaterThan(mean(rewards.slice(0, 2)) + 0.4);
  const first = records[1]!.training!;
  expect(first).toMatchObject({ sampledBy: 0, faults: { episode: 0, endpoint: 0, harness: 0 }, learningRate: 20 });
  expect(first.episodes).toBe(12 + 4 * first.groups.refilled);
  expect(first.logprobGap.largest).toBeLessThan(1e-9);
  const rollouts = readFileSync(join(options.folder, "rollouts/000001.jsonl"), "utf8").trimEnd().split("\n");
  expect(rollouts).toHaveLength(first.episodes);
  expect(records.filter(({ validation }) => validation).map(({ step }) => step)).toEqual([0, 10, 20]);
  expect(records.at(-1)!.decisions).toMatchObject([{ kind: "finish", rule: "fixedSteps" }]);
});

test("the seed decides everything, and how many play at a time nothing", async () => {
  const [one, same, other] = await Promise.all(
    [
      { seed: 1, concurrency: 1 },
      { seed: 1, concurrency: 50 },
      { seed: 2, concurrency: 50 },
    ].map(async (more) => {
      const server = newServer();
      const options = toyOptions({ ...more, budget: { steps: 3 }, backend: fakeBackend({ server }) });
      await train(options);
      return { steps: server.steps, files: filesIn(options.folder) };
    }),
  );
  expect(same!.steps).toEqual(one!.steps);
  expect(same!.files).toEqual(one!.files);
  expect(other!.steps).not.toEqual(one!.steps);
});

test("a group's first messages are one request, and a task that comes twice is not played with the same seeds", async () => {
  const server = newServer();
  const curriculum = curriculumOf([stage("crowded", { data: { most: 1 }, batch: { tasks: 2, groupSize: 4 } })]);
  const constantGroups = { algorithm: { ...algorithm, constantGroups: "train" } } as const;
  await train(
    toyOptions({
      ...constantGroups,
      curriculum,
      validateEvery: 0,
      budget: { steps: 1 },
      backend: fakeBackend({ server }),
    }),
  );
  const groups = server.requests.filter(({ samples }) => samples === 4);
  expect(groups).toHaveLength(2);
  expect(groups[0]!.promptTokens).toEqual(groups[1]!.promptTokens);
  expect(groups[0]!.seed).not.toBe(groups[1]!.seed);
  const seeds = server.requests.map(({ seed, promptTokens }) => `${seed} ${promptTokens.length}`);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test("groups without variance are replaced once, left out, or trained on, as the algorithm says", async () => {
  const made = async (constantGroups: "train" | "leaveOut" | "refill") => {
    const options = toyOptions({ algorithm: { ...algorithm, constantGroups }, budget: { steps: 1 }, validateEvery: 0 });
    await train(options);
    return recordsIn(options.folder).at(-1)!.training!.groups;
  };
  const left = await made("leaveOut");
  expect(left.withoutVariance).toBeGreaterThan(0);
  expect(left).toMatchObject({ trained: 3 - left.withoutVariance, refilled: 0 });
  expect(await made("train")).toEqual({ ...left, trained: 3 });
  const { trained, withoutVariance, refilled } = await made("refill");
  expect(refilled).toBe(left.withoutVariance);
  expect(trained + withoutVariance).toBe(3 + refilled);
});

test("supervised steps on ground truths, from which another run starts", async () => {
  const server = newServer();
  const supervised = toyOptions({
    backend: fakeBackend({ server }),
    algorithm: { ...presets.sft, optimiser: { ...presets.sft.optimiser, learningRate: 5 } },
    curriculum: groundTruthCurriculum(4),
    budget: { steps: 8 },
  });
  expect(await train(supervised)).toMatchObject({ ended: "steps", steps: 8 });
  const losses = recordsIn(supervised.folder).flatMap(({ training }) => training?.loss ?? []);
  expect(losses).toHaveLength(8);
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
  const { checkpoint, isSupervised } = await readTrainingRun(supervised.folder);
  expect(isSupervised).toBe(true);
  const options = toyOptions({ backend: fakeBackend({ server }), init: checkpoint, budget: { steps: 1 } });
  await train(options);
  expect(recordsIn(options.folder)[1]!.training!.reward).toBeGreaterThan(0.7);
});

test("floors of stages are what the best baseline earns, and the monitor watches them", async () => {
  const options = toyOptions({
    curriculum: curriculumOf([stage("only", { reward: "format" })], {
      ...unwatched,
      rewardFloor: { window: 2, after: 2 },
    }),
    budget: { steps: 2 },
    algorithm: { ...algorithm, optimiser: { ...algorithm.optimiser, learningRate: 1e-9 } },
  });
  await train(options);
  const last = recordsIn(options.folder).at(-1)!;
  expect(last.training!.floor).toBe(1);
  expect(last.decisions).toMatchObject([{ kind: "flag", rule: "rewardFloor" }]);
});
