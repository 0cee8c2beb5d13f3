import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DataError } from "../task/problem.ts";

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
  temperature: z.number().optional(),
  profile: z.string(),
  renderer: z.string(),
  seed: z.int(),
  stepLimit: z.int().positive(),
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
    throw new DataError(`${path} is no manifest of a run; ${remedy}`);
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
