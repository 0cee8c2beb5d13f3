import { join } from "node:path";
import { readBfcl } from "./bfcl/read-bfcl.ts";
import type { EnvironmentOf } from "./check.ts";
import type { Dataset } from "./dataset.ts";
import { datasetFolder, loadDataset, manifestFile } from "./dataset-cache.ts";
import { exists } from "./exists.ts";

/**
 * The dataset at a path: a folder that `envtune import` wrote, or anything that `readBfcl` reads. Without a path, the imported
 * BFCL, or undefined where none was imported.
 */
export async function openDataset(path: string, options?: OpenDatasetOptions): Promise<Dataset>;
export async function openDataset(path: string | undefined, options?: OpenDatasetOptions): Promise<Dataset | undefined>;
export async function openDataset(
  path: string | undefined,
  { environmentOf }: OpenDatasetOptions = {},
): Promise<Dataset | undefined> {
  const folder = path ?? datasetFolder("bfcl");
  if (await exists(join(folder, manifestFile))) return loadDataset(folder);
  if (path === undefined) return undefined;
  return readBfcl(path, environmentOf ? { environmentOf } : {});
}

export interface OpenDatasetOptions {
  /** Checks tasks read from a package against these environments. Imported ones were checked when they were imported. */
  readonly environmentOf?: EnvironmentOf;
}
