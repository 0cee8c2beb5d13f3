import { randomUUID } from "node:crypto";
import type { Curriculum } from "../../curriculum/define-curriculum.ts";
import type { Stage } from "../../curriculum/stage.ts";
import type { EpisodeSetting } from "../../episode/setting.ts";
import type { Split } from "../../task/parts.ts";
import type { Task } from "../../task/task.ts";
import type { Algorithm } from "../algorithm/algorithm.ts";
import type { Backend, Capabilities } from "../backend.ts";
import type { Sampler } from "../sampler.ts";
import { Meter } from "./meter.ts";
import type { RunState } from "./run-state.ts";
import { stageSetting } from "./stage-setting.ts";
import type { Playground, TrainOptions, TrainProgress } from "./train-options.ts";

/** What stays the same throughout a run. */
export interface TrainingRun {
  readonly curriculum: Curriculum;
  readonly split: Split;
  readonly algorithm: Algorithm;
  readonly backend: Backend;
  readonly capabilities: Capabilities;
  readonly playground: Playground;
  readonly seed: number;
  readonly logprobTolerance: number;
  readonly meter: Meter;
  /** The setting of a task when so many steps of a stage have been made; equal ones are made once. */
  readonly settingOf: (stage: Stage, task: Task, steps: number) => EpisodeSetting;
  readonly onProgress: (progress: TrainProgress) => void;
  readonly staleness: 0 | 1;
  readonly validateEvery: number;
  /** A sampler of an earlier step; opened once. */
  readonly samplerAt: (place: RunState["sampler"]) => Promise<Sampler>;
  /** A name that no earlier sitting has used, since a step that was interrupted is made anew. */
  readonly checkpointName: (step: number) => string;
}

export function trainingRun(options: TrainOptions, curriculum: Curriculum): TrainingRun {
  const { split, algorithm, backend, seed, logprobTolerance, onProgress = () => {} } = options;
  const { staleness, validateEvery, signal } = options;
  const opened = new Map<string, Promise<Sampler>>();
  const sitting = randomUUID().slice(0, 8);
  return {
    ...{ curriculum, split, algorithm, backend, seed, logprobTolerance, onProgress, staleness, validateEvery },
    samplerAt: ({ path, version }) => {
      const sampler = opened.get(path) ?? backend.openSampler(path, version, signal);
      opened.set(path, sampler);
      return sampler;
    },
    checkpointName: (step) => `step-${String(step).padStart(6, "0")}-${sitting}`,
    capabilities: backend.capabilities,
    playground: options,
    meter: new Meter(),
    settingOf: (stage, task, steps) => stageSetting(options, stage, task, { steps, seed }),
  };
}
