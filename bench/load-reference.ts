import { dumps } from "../src/python/text.ts";
import type { PyValue } from "../src/python/value.ts";
import type { Entry } from "./entry.ts";
import type { CallTexts } from "./perturbation.ts";
import type { Reference } from "./reference.ts";

/** Hands the entries to the reference. Configs go as Python writes them, so that 5.0 stays 5.0. */
export async function loadReference(
  reference: Reference,
  entries: readonly Entry[],
  trajectories: readonly (readonly CallTexts[])[],
): Promise<void> {
  for (const [index, { task, turns }] of entries.entries()) {
    const entry = {
      id: task.id,
      category: task.category,
      involved_classes: task.environments,
      initial_config: task.config as PyValue,
      long_context: task.longContext,
      ground_truth: turns.map(({ texts }) => texts),
      owners: turns.map(({ owner }) => owner ?? ""),
      trajectories: trajectories[index]!,
    };
    const command = dumps({ command: "load", entry });
    if (command === undefined) throw new Error(`${task.id}: its config holds what JSON cannot say`);
    await reference.request(command);
  }
}
