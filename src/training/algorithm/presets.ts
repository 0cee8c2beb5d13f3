import type { Algorithm } from "./algorithm.ts";

/** AdamW as verl sets it up where nothing is said; the paper names the learning rate and the clipping alone. */
const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };

/** The training details of Environment Tuning (arXiv 2510.10197, section 6 of the reference), full fine-tuning. */
const paper = {
  loss: { name: "ppo", clipLow: 0.2, clipHigh: 0.28 },
  aggregation: "sequenceMean",
  divideByDeviation: true,
  kl: { coefficient: 0.1, placement: "loss" },
  optimiser: { learningRate: 1e-6, ...optimiser },
  temperature: 1,
  batch: {},
  constantGroups: "train",
  truncatedEpisodes: "train",
} as const satisfies Algorithm;

/** `paper` trains all weights; `paper-lora` an adapter; `sft` on ground truths, a baseline that is no part of Environment Tuning. */
export const presets = {
  paper,
  "paper-lora": {
    ...paper,
    kl: { coefficient: 0.1, placement: "advantages" },
    optimiser: { learningRate: 1e-5, ...optimiser },
    constantGroups: "refill",
  },
  sft: {
    ...paper,
    loss: { name: "cross_entropy" },
    kl: false,
    optimiser: { learningRate: 1e-4, ...optimiser },
  },
} as const satisfies Readonly<Record<string, Algorithm>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as readonly PresetName[];
