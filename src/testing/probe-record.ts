import { appendFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cutPartialLine, parseLine, readLines } from "../rollout/line-file.ts";
import { DataError } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";

/** What a failed call is answered with: its result alone, another failure's hint, or its own at one of the levels. */
export const probeArms = ["raw", "shuffled", "diagnose", "guide", "direct"] as const;
export type ProbeArm = (typeof probeArms)[number];

/** One continuation of an episode from a failed call. */
export const ProbeRecord = z.strictObject({
  task: z.string(),
  family: z.string(),
  /** Where the failed call was made, both from 0. */
  turn: z.int(),
  step: z.int(),
  /** What was said up to there, as a digest: an episode that was played anew makes other records. */
  said: z.string(),
  tool: z.string(),
  code: z.string(),
  arm: z.enum(probeArms),
  sample: z.int(),
  /** The hint on the failed call. */
  hint: z.string().optional(),
  /** The tool succeeded before the turn was over. */
  repaired: z.boolean(),
  /** The model ended the turn, and it passes as grading judges it. */
  passed: z.boolean(),
  /** Messages from the failed call to where the continuation stopped. */
  messages: z.int(),
});
export type ProbeRecord = z.output<typeof ProbeRecord>;

export const recordKey = ({
  task,
  turn,
  step,
  said,
  arm,
  sample,
}: Omit<ProbeRecord, "repaired" | "passed" | "messages">) => JSON.stringify([task, turn, step, said, arm, sample]);

/** What changes every continuation; records made with other values cannot be gone on from. */
export const ProbeManifest = z.strictObject({ seed: z.string(), messages: z.int().positive() });
export type ProbeManifest = z.output<typeof ProbeManifest>;

const manifestFile = "probe.json";
const recordsFile = "continuations.jsonl";

/** The records of a probe, a line each, in the order in which continuations finished. */
export interface ProbeJournal {
  readonly kept: ReadonlyMap<string, ProbeRecord>;
  append(record: ProbeRecord): void;
}

/** Opens a probe's folder. Throws a `DataError` where it holds a probe with another manifest; `fresh` removes its records. */
export async function openProbeJournal(folder: string, manifest: ProbeManifest, fresh = false): Promise<ProbeJournal> {
  const path = join(folder, recordsFile);
  if (fresh) for (const file of [manifestFile, recordsFile]) await rm(join(folder, file), { force: true });
  const earlier = await readManifest(join(folder, manifestFile));
  for (const field of Object.keys(manifest) as (keyof ProbeManifest)[])
    if (earlier && earlier[field] !== manifest[field])
      throw new DataError(
        `${folder} holds a probe with ${field} ${earlier[field]}, this one has ${manifest[field]}; name another folder with --out, or replace what is there with --fresh`,
      );
  await writeWhole(join(folder, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await cutPartialLine(path);
  const kept = new Map<string, ProbeRecord>();
  let line = 0;
  for await (const { text } of readLines(path)) {
    line++;
    const record = parseLine(ProbeRecord, text, "continuation", `${path}:${line}`);
    kept.set(recordKey(record), record);
  }
  return { kept, append: (record) => appendFileSync(path, `${JSON.stringify(record)}\n`) };
}

async function readManifest(path: string): Promise<ProbeManifest | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return ProbeManifest.parse(JSON.parse(text));
  } catch {
    throw new DataError(`${path} is no manifest of a probe; replace it with --fresh`);
  }
}
