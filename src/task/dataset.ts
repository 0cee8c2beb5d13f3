import { z } from "zod";
import { sha256 } from "../core/canonical.ts";
import type { ExtensionPack } from "./extension.ts";
import { taskLine } from "./save.ts";
import type { Task } from "./task.ts";

/** What a dataset's own documents tell a model of a tool; fields beyond these are kept as the dataset has them. */
export const DatasetDocument = z.looseObject({
  name: z.string(),
  description: z.string(),
  parameters: z.looseObject({
    type: z.string(),
    properties: z.record(z.string(), z.unknown()),
    required: z.array(z.string()),
  }),
});
export type DatasetDocument = z.output<typeof DatasetDocument>;

/** Tasks with what belongs to them: the documents that make the prompt, and what long-context mode adds to states. */
export interface Dataset {
  readonly name: string;
  /** The version of the package it came from, where that is known. */
  readonly version?: string;
  readonly tasks: readonly Task[];
  /** By environment, in the dataset's order. */
  readonly documents: Readonly<Record<string, readonly DatasetDocument[]>>;
  readonly extension: ExtensionPack;
  /** SHA-256 of tasks, documents and extension; the same wherever they were read from. */
  readonly hash: string;
}

/**
 * Keys are hashed in their order, unlike in the canonical form: the order of a Python dict shows in results (`ls`, order lists),
 * so two datasets that differ in nothing else are still two datasets.
 */
export function datasetHash({
  tasks,
  documents,
  extension,
}: Pick<Dataset, "tasks" | "documents" | "extension">): string {
  return sha256([...tasks.map(taskLine), JSON.stringify(documents), JSON.stringify(extension)].join("\n"));
}
