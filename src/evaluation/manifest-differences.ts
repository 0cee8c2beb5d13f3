import type { RunManifest } from "../rollout/manifest.ts";

type Field = keyof RunManifest;

/** Whether two runs may differ in a field and still be compared: always, never, or where a run asked no server. */
const kinds: Readonly<Record<Field, "compared" | "settled" | "asked">> = {
  // What is compared: the models, wherever they are served, and how often each task was played.
  policy: "compared",
  model: "compared",
  server: "compared",
  software: "compared",
  samples: "compared",
  // Draws, and what was recorded besides.
  seed: "compared",
  samplingSeed: "compared",
  tokenIds: "compared",
  reward: "compared",
  // How a server is asked says nothing of a scripted policy.
  temperature: "asked",
  topP: "asked",
  maxTokens: "asked",
  thoughts: "asked",
  protocol: "asked",
  envtune: "settled",
  dataset: "settled",
  datasetHash: "settled",
  tasks: "settled",
  split: "settled",
  profile: "settled",
  renderer: "settled",
  prompt: "settled",
  promptHash: "settled",
  documentsHash: "settled",
  stepLimit: "settled",
  tokenLimit: "settled",
  stage: "settled",
  hints: "settled",
};

/** A field in which two manifests differ though they should not, with both values as JSON. */
export interface ManifestDifference {
  readonly field: Field;
  readonly a: string;
  readonly b: string;
}

/** The differences that keep two runs from being compared. */
export function manifestDifferences(a: RunManifest, b: RunManifest): ManifestDifference[] {
  const bothAsked = a.policy === "endpoint" && b.policy === "endpoint";
  return (Object.keys(kinds) as Field[]).flatMap((field) => {
    if (kinds[field] === "compared" || (kinds[field] === "asked" && !bothAsked)) return [];
    const [one, other] = [a, b].map((manifest) => JSON.stringify(manifest[field]) ?? "none");
    return one === other ? [] : [{ field, a: one!, b: other! }];
  });
}
