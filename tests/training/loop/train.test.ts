import { expect, test } from "vitest";
import { train } from "../../../src/training/loop/train.ts";
import { recordsIn } from "./run-files.ts";
import { toyOptions } from "./toy-run.ts";

test("a run learns: reward and validation rise, and each step leaves its record", async () => {
  const options = toyOptions();
  const result = await train(options);
  expect(result).toMatchObject({ ended: "finished", steps: 20 });
  const records = recordsIn(options.folder);
  expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, step) => step));
  const rewards = records.slice(1).map(({ training }) => training!.reward);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(rewards.slice(-5))).toBeGreaterThan(mean(rewards.slice(0, 5)) + 0.2);
  const accuracies = records.flatMap(({ validation }) => validation?.accuracy ?? []);
  expect(accuracies).toHaveLength(3);
  expect(accuracies.at(-1)).toBeGreaterThan(accuracies[0]!);
});
