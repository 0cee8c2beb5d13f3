import { environmentOf } from "../../environments/index.ts";
import type { Dataset } from "../task/dataset.ts";
import { openDataset } from "../task/open-dataset.ts";
import { DataError } from "../task/problem.ts";

/** The dataset at a path, or the imported one; an error that says how to get one where there is none. */
export async function requireDataset(path: string | undefined): Promise<Dataset> {
  const dataset = await openDataset(path, { environmentOf });
  if (dataset) return dataset;
  throw new DataError("no dataset has been imported: run `npx envtune import bfcl`, or name one with --dataset <path>");
}
