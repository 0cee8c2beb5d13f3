import { expect, test } from "vitest";
import type { AlgorithmOverrides } from "../../../src/training/algorithm/algorithm.ts";
import { presets } from "../../../src/training/algorithm/presets.ts";
import { resolvePreset } from "../../../src/training/algorithm/resolve-preset.ts";
import type { Capabilities } from "../../../src/training/backend.ts";

const everything: Capabilities = {
  weights: { kind: "full" },
  losses: ["cross_entropy", "importance_sampling", "ppo"],
  klInLoss: true,
  gradientNorm: true,
  gradientClipping: true,
  sequenceLogprobs: true,
  seededSampling: true,
};
const adapters: Capabilities = {
  ...everything,
  weights: { kind: "lora", rank: 32 },
  klInLoss: false,
  gradientClipping: false,
};
/** What holds of every run here. */
const always = [
  "Ratios are taken against the sampler's log-probabilities; the paper's code computes them anew with the trainer.",
  "There is no entropy bonus (paper: 0.001).",
  "Nothing bounds the loss where a ratio is large and the advantage negative (paper: clip_ratio_c 10).",
];

test("paper on a server that can do it all is the preset", () => {
  const { algorithm, departures } = resolvePreset("paper", everything);
  expect(algorithm).toEqual(presets.paper);
  expect(algorithm).toMatchObject({
    loss: { name: "ppo", clipLow: 0.2, clipHigh: 0.28 },
    kl: { coefficient: 0.1, placement: "loss" },
    optimiser: { learningRate: 1e-6, gradientClip: 1 },
    aggregation: "sequenceMean",
    divideByDeviation: true,
  });
  expect(departures).toEqual(always);
});

test("paper without KL in the loss has it on the advantages, and says so", () => {
  const { algorithm, departures } = resolvePreset("paper", { ...everything, klInLoss: false });
  expect(algorithm.kl).toEqual({ coefficient: 0.1, placement: "advantages" });
  expect(departures).toEqual([
    ...always,
    "KL is subtracted from the advantages, not part of the loss: another estimate of it.",
  ]);
});

test("paper on adapters is refused, naming what to use", () => {
  expect(() => resolvePreset("paper", adapters)).toThrow(
    "preset 'paper': it trains all weights, and this server trains low-rank adapters; use --preset paper-lora",
  );
});

test("paper-lora names each departure, the server's among them", () => {
  const { algorithm, departures } = resolvePreset("paper-lora", {
    ...adapters,
    fixedClip: { clipLow: 0.2, clipHigh: 0.2 },
  });
  expect(algorithm.loss).toEqual({ name: "ppo", clipLow: 0.2, clipHigh: 0.2 });
  expect(algorithm.optimiser).not.toHaveProperty("gradientClip");
  expect(departures).toEqual([
    "A low-rank adapter of rank 32 is trained instead of all weights.",
    "Ratios are clipped at 0.2 below and 0.2 above, which this server does not let be changed (paper: 0.2 and 0.28).",
    ...always,
    "KL is subtracted from the advantages, not part of the loss: another estimate of it.",
    "The learning rate is 1e-5 (paper: 1e-6).",
    "Gradients are not clipped, as this server cannot (paper: at 1).",
    "Groups whose rollouts earned the same are replaced by other tasks (paper: they stay in the loss's mean).",
  ]);
});

test("a server that keeps no older weights has another reference than the paper, and says so", () => {
  const departures = (kl: false | { coefficient: number }) =>
    resolvePreset("paper-lora", { ...adapters, samplers: "until-next-publish" }, { kl }).departures.join("\n");
  expect(departures({ coefficient: 0.1 })).toContain(
    "KL is measured against the base model, since this server serves no older weights (paper: the model that a stage starts from).",
  );
  expect(departures(false)).not.toContain("measured against");
});

test("a server without ppo trains by importance_sampling, and says that nothing is clipped", () => {
  const { algorithm, departures } = resolvePreset("paper-lora", { ...adapters, losses: ["importance_sampling"] });
  expect(algorithm.loss).toEqual({ name: "importance_sampling" });
  expect(departures).toContain(
    "Ratios are not clipped: the loss is importance_sampling (paper: clipped at 0.2 and 0.28).",
  );
});

test("sft is a baseline of its own", () => {
  const { algorithm, departures } = resolvePreset("sft", adapters);
  expect(algorithm).toMatchObject({ loss: { name: "cross_entropy" }, kl: false });
  expect(departures).toEqual([
    "Supervised training on ground truths: a baseline of its own, no part of Environment Tuning.",
    "A low-rank adapter of rank 32 is trained instead of all weights.",
  ]);
});

test("sft needs no log-probabilities of a reference", () => {
  expect(() => resolvePreset("sft", { ...adapters, sequenceLogprobs: false })).not.toThrow();
});

const changed: readonly [AlgorithmOverrides, string][] = [
  [{ divideByDeviation: false }, "Advantages are not divided by the deviation of their group's rewards."],
  [
    { aggregation: "tokenMean" },
    "The loss is the mean over all sampled tokens (paper: over episodes of the mean of each).",
  ],
  [{ kl: false }, "There is no KL term (paper: 0.1 in the loss)."],
  [{ kl: { coefficient: 0.01 } }, "The KL coefficient is 0.01 (paper: 0.1)."],
  [{ optimiser: { learningRate: 3e-5 } }, "The learning rate is 3e-5 (paper: 1e-6)."],
  [{ optimiser: { gradientClip: 0.5 } }, "Gradients are clipped at 0.5 (paper: at 1)."],
  [{ optimiser: { beta2: 0.95 } }, "Adam's beta2 is 0.95 (verl's default, which the paper keeps: 0.999)."],
  [{ batch: { tasks: 8 } }, "Each step has 8 tasks in every stage (paper: 16 in the first, 32 in the second)."],
  [{ batch: { groupSize: 4 } }, "Each task is played 4 times a step (paper: 16)."],
  [
    { constantGroups: "leaveOut" },
    "Groups whose rollouts earned the same are left out of the loss (paper: they stay in its mean).",
  ],
  [{ truncatedEpisodes: "leaveOut" }, "Episodes that were cut off are left out of the loss (paper: trained on)."],
];

test.for(changed)("%o is a departure", ([overrides, sentence]) => {
  const { departures } = resolvePreset("paper", everything, overrides);
  expect(departures.filter((each) => !always.includes(each))).toEqual([sentence]);
});

test("a change touches nothing but its field", () => {
  const { algorithm } = resolvePreset("paper", everything, {
    kl: { coefficient: 0.2 },
    optimiser: { learningRate: 1e-5 },
  });
  expect(algorithm).toEqual({
    ...presets.paper,
    kl: { coefficient: 0.2, placement: "loss" },
    optimiser: { ...presets.paper.optimiser, learningRate: 1e-5 },
  });
});

test("the paper's own numbers are no departure", () => {
  const overrides = { batch: { groupSize: 16 }, kl: { coefficient: 0.1 }, optimiser: { learningRate: 1e-6 } };
  expect(resolvePreset("paper", everything, overrides).departures).toEqual(always);
});

const refused: readonly [string, object, string, Partial<Capabilities>?][] = [
  ["paper", { optimiser: { learningRate: -1 } }, "optimiser.learningRate: Too small"],
  ["paper", { batch: { groupSize: 1 } }, "batch.groupSize: Too small"],
  ["paper", { temperature: 0.7 }, "temperature: expected 1, got number 0.7"],
  ["paper", { kl: { coeficient: 0.1 } }, "kl.coeficient: no such field"],
  ["paper", { learningRate: 1 }, "learningRate: no such field"],
  ["paper", { loss: { name: "cross_entropy" } }, "loss: cross_entropy is for ground truths; use --preset sft"],
  ["sft", { kl: { coefficient: 0.1 } }, "kl: supervised training has no use for it; leave it out"],
  ["sft", { loss: { name: "importance_sampling" } }, "loss: supervised training has cross_entropy"],
  [
    "paper",
    { kl: { placement: "loss" } },
    'kl.placement: this server has no KL term in the loss; use "advantages"',
    { klInLoss: false },
  ],
  [
    "paper",
    { optimiser: { gradientClip: 1 } },
    "optimiser.gradientClip: this server does not clip",
    { gradientClipping: false },
  ],
  [
    "paper",
    { loss: { name: "ppo", clipLow: 0.2, clipHigh: 0.28 } },
    "loss: this server clips at 0.2 and 0.2",
    { fixedClip: { clipLow: 0.2, clipHigh: 0.2 } },
  ],
  [
    "paper",
    { loss: { name: "ppo", clipLow: 0.2, clipHigh: 0.2 } },
    "it needs the loss ppo",
    { losses: ["importance_sampling"] },
  ],
  [
    "paper",
    {},
    "kl: this server gives no log-probabilities of a reference; turn KL off (--kl off)",
    { sequenceLogprobs: false },
  ],
  ["sft", {}, "it needs the loss cross_entropy, and this server has ppo", { losses: ["ppo"] }],
  ["papr", {}, "there is no preset 'papr'; did you mean 'paper'?"],
];

test.for(refused)("preset %s with %o is refused: %s", ([name, overrides, message, lacks]) => {
  expect(() => resolvePreset(name, { ...everything, ...lacks }, overrides as AlgorithmOverrides)).toThrow(message);
});
