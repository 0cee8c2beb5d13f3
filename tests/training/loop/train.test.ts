import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { train } from "../../../src/training/loop/train.ts";
import { StepRecord } from "../../../src/training/step-record.ts";
import { toyOptions } from "./toy-run.ts";

const recordsIn = (folder: string): StepRecord[] =>
  readFileSync(join(folder, "steps.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => StepRecord.parse(JSON.parse(line)));

test("a run learns: reward and validation rise, and each step leaves its record", async () => {
  const options = toyOptions();
  const result = await train(options);
  expect(result).toMatchObject({ ended: "finished", steps: 20 });
  const records = recordsIn(options.folder);
  expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, step) => step));
  const rewards = records.slice(1).map(({ training }) => training!.reward);
  console.log(
    rewards,
    records.map(({ validation }) => validation?.accuracy),
    records.at(-1),
    result,
  );
});
