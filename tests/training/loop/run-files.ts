import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StepRecord } from "../../../src/training/step-record.ts";

export const recordsIn = (folder: string): StepRecord[] =>
  readFileSync(join(folder, "steps.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => StepRecord.parse(JSON.parse(line)));

/** All that a run's folder says, but for what depends on the clock or on names that a sitting gives. */
export function filesIn(folder: string): Record<string, unknown> {
  const texts = ["rollouts", "validation"].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => [join(name, file), readFileSync(join(folder, name, file), "utf8")]),
  );
  const steps = recordsIn(folder).map(({ training, ...rest }) => ({
    ...rest,
    ...(training ? { training: { ...training, seconds: undefined } } : {}),
  }));
  return { ...Object.fromEntries(texts), steps, temporary: temporaryIn(folder) };
}

const temporaryIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"))
    : [];
