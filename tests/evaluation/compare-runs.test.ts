import { expect, test } from "vitest";
import { compareRuns } from "../../src/evaluation/compare-runs.ts";
import { manifestDifferences } from "../../src/evaluation/manifest-differences.ts";
import type { RunManifest } from "../../src/rollout/manifest.ts";
import { episode } from "./episodes.ts";

test("tasks are paired with themselves, episodes by their sample", () => {
  const a = [episode("f1.a", 0, false), episode("f1.a", 1, true), episode("f1.b", 0, true), episode("f2.c", 0, false)];
  const b = [episode("f1.a", 0, true), episode("f1.a", 1, true), episode("f1.b", 0, false), episode("f2.c", 0, true)];
  const { groups, onlyInA, onlyInB } = compareRuns([...a, episode("f3.x", 0, true)], [...b, episode("f3.y", 0, true)]);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ tasks: 3, accuracyA: 0.5, accuracyB: 2 / 3, won: 2, lost: 1 });
  expect(groups[0]!.difference).toBeCloseTo(1 / 6, 12);
  expect(groups[0]!.episodes).toEqual({ both: 1, onlyA: 1, onlyB: 2, neither: 0 });
  // One family alone: differences 0.5 and -1; the other: 1.
  expect(groups[0]!.interval).toEqual({ low: -0.25, high: 1 });
  expect([onlyInA, onlyInB]).toEqual([["f3.x"], ["f3.y"]]);
});

test("the reason that changed most comes first, in turns of a hundred", () => {
  const a = [episode("f1.a", 0, false, { turnReasons: ["wrongState", "format"] }), episode("f2.b", 0, true)];
  const b = [
    episode("f1.a", 0, false, { turnReasons: ["format"] }),
    episode("f2.b", 0, false, { turnReasons: ["unknownTool", "unknownTool"] }),
  ];
  expect(compareRuns(a, b).reasons).toEqual([
    { code: "unknownTool", a: 0, b: 50 },
    { code: "wrongState", a: 25, b: 0 },
  ]);
});

const manifest: RunManifest = {
  ...{ envtune: "0", dataset: "bfcl", datasetHash: "a", tasks: ["x"], samples: 1, seed: 0, stepLimit: 20 },
  ...{ policy: "endpoint", model: "m", server: "http://a", profile: "bfcl", renderer: "openai", temperature: 0 },
};

test("models, servers and numbers of samples may differ; what settles the figures may not", () => {
  const other = {
    ...manifest,
    model: "n",
    server: "http://b",
    samples: 4,
    samplingSeed: 3,
    software: { version: "1" },
  };
  expect(manifestDifferences(manifest, other)).toEqual([]);
  const changed = {
    ...manifest,
    profile: "strict",
    temperature: 1,
    hints: "guide",
    split: { by: "family", seed: 0, part: "test" },
  } as const;
  expect(manifestDifferences(manifest, changed)).toEqual([
    { field: "temperature", a: "0", b: "1" },
    { field: "split", a: "none", b: '{"by":"family","seed":0,"part":"test"}' },
    { field: "profile", a: '"bfcl"', b: '"strict"' },
    { field: "hints", a: "none", b: '"guide"' },
  ]);
});

test("how a server is asked is nothing to a scripted policy", () => {
  const { model: _, server: _server, temperature: _temperature, ...rest } = manifest;
  expect(manifestDifferences({ ...rest, policy: "ground-truth" }, manifest)).toEqual([]);
});
