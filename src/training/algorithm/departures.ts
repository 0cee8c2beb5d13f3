import type { Capabilities } from "../backend.ts";
import type { Algorithm } from "./algorithm.ts";
import { presets } from "./presets.ts";

const { paper } = presets;

/** Every point in which training by this algorithm on such a server differs from the paper's, a sentence each. */
export function departuresOf(algorithm: Algorithm, capabilities: Capabilities): string[] {
  if (algorithm.loss.name === "cross_entropy")
    return [
      "Supervised training on ground truths: a baseline of its own, no part of Environment Tuning.",
      ...ofWeights(capabilities),
    ];
  return [
    ...ofWeights(capabilities),
    ...ofLoss(algorithm, capabilities),
    ...ofKl(algorithm, capabilities),
    ...ofMeans(algorithm),
    ...ofOptimiser(algorithm),
    ...ofEpisodes(algorithm),
  ];
}

const ofWeights = ({ weights }: Capabilities): string[] =>
  weights.kind === "lora" ? [`A low-rank adapter of rank ${weights.rank} is trained instead of all weights.`] : [];

function ofLoss({ loss }: Algorithm, { fixedClip }: Capabilities): string[] {
  const { clipLow, clipHigh } = paper.loss;
  const always = [
    "Ratios are taken against the sampler's log-probabilities; the paper's code computes them anew with the trainer.",
    "There is no entropy bonus (paper: 0.001).",
    "Nothing bounds the loss where a ratio is large and the advantage negative (paper: clip_ratio_c 10).",
  ];
  if (loss.name !== "ppo")
    return [
      `Ratios are not clipped: the loss is ${loss.name} (paper: clipped at ${clipLow} and ${clipHigh}).`,
      ...always,
    ];
  if (loss.clipLow === clipLow && loss.clipHigh === clipHigh) return always;
  const why = fixedClip ? ", which this server does not let be changed" : "";
  return [
    `Ratios are clipped at ${loss.clipLow} below and ${loss.clipHigh} above${why} (paper: ${clipLow} and ${clipHigh}).`,
    ...always,
  ];
}

function ofKl({ kl }: Algorithm, { samplers }: Capabilities): string[] {
  const { coefficient } = paper.kl;
  if (!kl) return [`There is no KL term (paper: ${coefficient} in the loss).`];
  return [
    ...(kl.placement === "advantages"
      ? ["KL is subtracted from the advantages, not part of the loss: another estimate of it."]
      : []),
    ...(samplers
      ? [
          "KL is measured against the base model, since this server serves no older weights (paper: the model that a stage starts from).",
        ]
      : []),
    ...(kl.coefficient !== coefficient ? [`The KL coefficient is ${kl.coefficient} (paper: ${coefficient}).`] : []),
  ];
}

function ofMeans({ divideByDeviation, aggregation }: Algorithm): string[] {
  return [
    ...(divideByDeviation ? [] : ["Advantages are not divided by the deviation of their group's rewards."]),
    ...(aggregation === "tokenMean"
      ? ["The loss is the mean over all sampled tokens (paper: over episodes of the mean of each)."]
      : []),
  ];
}

function ofOptimiser({ optimiser }: Algorithm): string[] {
  const { learningRate, gradientClip } = paper.optimiser;
  const defaults = (["beta1", "beta2", "epsilon", "weightDecay"] as const)
    .filter((name) => optimiser[name] !== paper.optimiser[name])
    .map(
      (name) =>
        `Adam's ${name} is ${optimiser[name]} (verl's default, which the paper keeps: ${paper.optimiser[name]}).`,
    );
  return [
    ...(optimiser.learningRate === learningRate
      ? []
      : [`The learning rate is ${optimiser.learningRate.toExponential()} (paper: ${learningRate.toExponential()}).`]),
    ...(optimiser.gradientClip === undefined
      ? [`Gradients are not clipped, as this server cannot (paper: at ${gradientClip}).`]
      : optimiser.gradientClip === gradientClip
        ? []
        : [`Gradients are clipped at ${optimiser.gradientClip} (paper: at ${gradientClip}).`]),
    ...defaults,
  ];
}

function ofEpisodes({ batch, constantGroups, truncatedEpisodes }: Algorithm): string[] {
  const groups = {
    train: [],
    leaveOut: ["Groups whose rollouts earned the same are left out of the loss (paper: they stay in its mean)."],
    refill: [
      "Groups whose rollouts earned the same are replaced by other tasks (paper: they stay in the loss's mean).",
    ],
  }[constantGroups];
  return [
    ...(batch.tasks === undefined
      ? []
      : [`Each step has ${batch.tasks} tasks in every stage (paper: 16 in the first, 32 in the second).`]),
    ...(batch.groupSize === undefined || batch.groupSize === 16
      ? []
      : [`Each task is played ${batch.groupSize} times a step (paper: 16).`]),
    ...groups,
    ...(truncatedEpisodes === "train"
      ? []
      : ["Episodes that were cut off are left out of the loss (paper: trained on)."]),
  ];
}
