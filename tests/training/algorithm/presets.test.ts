import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Algorithm } from "../../../src/training/algorithm/algorithm.ts";
import { presetNames, presets } from "../../../src/training/algorithm/presets.ts";
import { resolvePreset } from "../../../src/training/algorithm/resolve-preset.ts";

test.for(presetNames.map((name) => ({ name })))("preset $name is an algorithm, as plain JSON too", ({ name }) => {
  expect(Algorithm.parse(JSON.parse(JSON.stringify(presets[name])))).toEqual(presets[name]);
});

test("the page on the algorithm shows the departures that are printed", () => {
  const page = readFileSync(new URL("../../../docs/algorithm.md", import.meta.url), "utf8");
  const [, shown] = page.match(/```\n(A low-rank[\s\S]*?)\n```/)!;
  const { departures } = resolvePreset("paper-lora", {
    weights: { kind: "lora", rank: 32 },
    losses: ["cross_entropy", "importance_sampling", "ppo"],
    klInLoss: false,
    gradientNorm: true,
    gradientClipping: false,
    sequenceLogprobs: true,
    seededSampling: true,
  });
  expect(departures).toEqual(shown!.split("\n"));
});
