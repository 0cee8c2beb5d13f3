import type { Environment } from "../core/environment.ts";
import { type ToolDocument, toolDocuments } from "../core/tool-document.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Profile } from "../grading/profile.ts";
import type { Dataset } from "../task/dataset.ts";
import type { Task } from "../task/task.ts";
import type { Renderer } from "./renderer.ts";

/** What stays the same throughout an episode. It is not saved with it: a saved episode goes on in an equal setting. */
export interface EpisodeSetting {
  readonly task: Task;
  readonly environment: Environment;
  /** The state to start from; the ground truth's own, so that comparing the two costs the size of their difference. */
  readonly initial: object;
  readonly profile: Profile;
  readonly renderer: Renderer;
  /** Every tool that is ever offered, in order. */
  readonly documents: readonly ToolDocument[];
  /** Executed steps that a turn may take; one more ends the episode. */
  readonly stepLimit: number;
}

/** The steps that the reference grants a turn. */
export const evaluationStepLimit = 20;

/** The setting in which a model is evaluated. The dataset's own documents make the prompt, for environments it documents. */
export function evaluationSetting(
  { task, environment, initial }: GroundTruth,
  profile: Profile,
  renderer: Renderer,
  documents: Dataset["documents"] = {},
): EpisodeSetting {
  const excluded = new Set(profile.heedsExcludedTools ? task.excluded : []);
  const offered = Object.entries(environment.parts)
    .flatMap(([name, part]): readonly ToolDocument[] =>
      Object.hasOwn(documents, name) ? documents[name]! : toolDocuments(part.tools),
    )
    .filter(({ name }) => !excluded.has(name));
  return { task, environment, initial, profile, renderer, documents: offered, stepLimit: evaluationStepLimit };
}
