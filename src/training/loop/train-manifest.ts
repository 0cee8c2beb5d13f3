import type { Curriculum } from "../../curriculum/define-curriculum.ts";
import type { RunManifest } from "./run-folder.ts";
import type { TrainOptions } from "./train-options.ts";

/** What makes a run this one: with equal manifests, and a server that samples by seeds, the same data are trained on. */
export function manifestOf(options: TrainOptions, curriculum: Curriculum): RunManifest {
  const { backend, split, algorithm, about, renderer, format, messageTokens, contextTokens } = options;
  const { address, ...server } = backend.description;
  return {
    kind: "training",
    ...about,
    backend: server,
    ...(address === undefined ? {} : { server: address }),
    weights: backend.capabilities.weights,
    ...(options.init === undefined ? {} : { init: options.init }),
    algorithm,
    curriculum: JSON.parse(JSON.stringify(curriculum)),
    seed: options.seed,
    staleness: options.staleness,
    validateEvery: options.validateEvery,
    renderer: renderer.name,
    tokenizer: format.hash,
    thoughtHistory: options.thoughtHistory,
    ...{ messageTokens, contextTokens },
    train: split.train.map(({ id }) => id),
    validation: split.validation.map(({ id }) => id),
  };
}
