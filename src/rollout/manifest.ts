import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parts } from "../task/parts.ts";
import { DataError } from "../task/problem.ts";

/** What a server says of itself; each field only where it does. */
export const ServerSoftware = z.strictObject({
  /** Whose its models are by its own list, such as `vllm` or `sglang`. */
  name: z.string().optional(),
  version: z.string().optional(),
  /** The header `Server`. */
  header: z.string().optional(),
  /** Where it loaded the model from. */
  modelPath: z.string().optional(),
  contextTokens: z.int().positive().optional(),
});
export type ServerSoftware = z.output<typeof ServerSoftware>;

/** What a run consists of; two runs with equal manifests are one run, and can go on from each other's traces. */
export const RunManifest = z.strictObject({
  envtune: z.string(),
  dataset: z.string(),
  datasetHash: z.string(),
  /** Task ids, in the order of the traces. */
  tasks: z.array(z.string()),
  samples: z.int().positive(),
  policy: z.string(),
  /** The model behind the policy, and what it was asked with. */
  model: z.string().optional(),
  /** The origin of the server's address: two servers may call different models by one name. */
  server: z.string().optional(),
  /** What the server says of itself, where it was asked. */
  software: ServerSoftware.optional(),
  temperature: z.number().optional(),
  topP: z.number().optional(),
  /** Of one message, in tokens. */
  maxTokens: z.int().positive().optional(),
  /** Of sampling; the n-th episode of a task, from 0, was asked for with this seed plus n. */
  samplingSeed: z.int().optional(),
  /** Whether the server was asked for token ids; they lie in `tokens.jsonl`. */
  tokenIds: z.literal(true).optional(),
  /** Whether thoughts that the server took out of earlier messages were sent back to it. */
  thoughts: z.enum(["neverSentBack", "asReceived"]).optional(),
  /** Whose requests were sent, where not envtune's own. */
  protocol: z.enum(["bfcl"]).optional(),
  profile: z.string(),
  renderer: z.string(),
  /** SHA-256 of what the renderer shows before a conversation starts, tools left out: the prompt and the way to write calls. */
  promptHash: z.string().optional(),
  /** SHA-256 of all tool documents that the tasks' environments have. */
  documentsHash: z.string().optional(),
  /** Which part of the dataset was played, where not all of it. */
  split: z.strictObject({ by: z.enum(["family", "paper"]), seed: z.int(), part: z.enum(parts) }).optional(),
  seed: z.int(),
  stepLimit: z.int().positive(),
  tokenLimit: z.int().positive().optional(),
  /** The stage of the curriculum whose rules, tasks and settings were taken; none in an evaluation. */
  stage: z.string().optional(),
  /** The level of hints, where there were any. */
  hints: z.string().optional(),
  prompt: z.string().optional(),
  reward: z.string().optional(),
});
export type RunManifest = z.output<typeof RunManifest>;

export const manifestFile = "run.json";

/** The manifest in a run's folder; undefined where there is none. */
export async function readManifest(folder: string): Promise<RunManifest | undefined> {
  const path = join(folder, manifestFile);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DataError(`${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    return RunManifest.parse(JSON.parse(text));
  } catch {
    throw new DataError(`${path} is not of envtune run or envtune evaluate; name another folder`);
  }
}

/** Throws a `DataError` that names the first field in which two manifests differ. */
export function requireSameRun(folder: string, earlier: RunManifest, now: RunManifest): void {
  for (const field of Object.keys(RunManifest.shape) as (keyof RunManifest)[])
    if (JSON.stringify(earlier[field]) !== JSON.stringify(now[field]))
      throw new DataError(
        `${folder} holds a run with ${shown(field, earlier)}, this one has ${shown(field, now)}; ${remedy}`,
      );
}
const remedy = "name another folder with --out, or replace what is there with --fresh";

function shown(field: keyof RunManifest, manifest: RunManifest): string {
  const value = manifest[field];
  if (value === undefined) return `no ${field}`;
  if (!Array.isArray(value)) return `${field} ${JSON.stringify(value)}`;
  const [first] = value;
  return `${value.length} ${field}${first === undefined ? "" : ` from ${JSON.stringify(first)}`}`;
}
