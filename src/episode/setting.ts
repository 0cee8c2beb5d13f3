import type { Environment } from "../core/environment.ts";
import { type ToolDocument, toolDocuments } from "../core/tool-document.ts";
import type { HintLibrary, HintSource } from "../feedback/feedback.ts";
import type { HintLevel } from "../feedback/level.ts";
import type { LevelMix } from "../feedback/level-mix.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Profile } from "../grading/profile.ts";
import type { Dataset } from "../task/dataset.ts";
import type { Task } from "../task/task.ts";
import type { Prompt } from "./prompts.ts";
import type { Renderer } from "./renderer.ts";
import { type EpisodeRules, evaluationRules, trainingRules } from "./rules.ts";

/** What stays the same throughout an episode. It is not saved with it: a saved episode goes on in an equal setting. */
export interface EpisodeSetting {
  readonly task: Task;
  readonly environment: Environment;
  /** The state to start from; the ground truth's own, so that comparing the two costs the size of their difference. */
  readonly initial: object;
  /** What the task's turns should lead to; read by rules and turn feedback, never by hints or renderers. */
  readonly truth: GroundTruth;
  readonly profile: Profile;
  readonly renderer: Renderer;
  /** How the model is asked to behave. Where none is given, text renderers take `standard`, and `openai` has no system message. */
  readonly prompt?: Prompt;
  /** Every tool that is ever offered, in order. */
  readonly documents: readonly ToolDocument[];
  readonly rules: EpisodeRules;
  /** Hints on failed calls; none unless given. */
  readonly hints?: HintSetting;
  /** How much is said of a turn that was ended unfinished; nothing unless given. */
  readonly turnFeedback?: HintLevel;
}

/** Which hints are given, and at which level. */
export interface HintSetting {
  /** Hint tables by environment, or a function in their place. */
  readonly library: HintLibrary | HintSource;
  /** A level, or shares of several, drawn anew for each hint. */
  readonly level: HintLevel | LevelMix;
  /** Of the draws; the same seed gives the same hints. */
  readonly seed?: string;
}

/** What a user may choose about an episode besides its task. */
export interface SettingOptions {
  readonly profile: Profile;
  readonly renderer: Renderer;
  /** One of `prompts`, or one of one's own. */
  readonly prompt?: Prompt;
  /** The dataset's own documents make the prompt, for environments it documents. */
  readonly documents?: Dataset["documents"];
}
export interface TrainingOptions extends SettingOptions {
  readonly rules?: EpisodeRules;
  readonly hints?: HintSetting;
  readonly turnFeedback?: HintLevel;
}

/** The setting in which a model is trained: the training rules and, where given, hints and turn feedback. */
export function trainingSetting(truth: GroundTruth, options: TrainingOptions): EpisodeSetting {
  const { rules = trainingRules, hints, turnFeedback } = options;
  return {
    ...baseSetting(truth, options),
    rules,
    ...(hints ? { hints } : {}),
    ...(turnFeedback ? { turnFeedback } : {}),
  };
}

/** The setting in which a model is evaluated: no turn feedback, and hints only where their effect is what is measured. */
export function evaluationSetting(truth: GroundTruth, options: SettingOptions, hints?: HintSetting): EpisodeSetting {
  return { ...baseSetting(truth, options), rules: evaluationRules, ...(hints ? { hints } : {}) };
}

function baseSetting(truth: GroundTruth, { profile, renderer, prompt, documents = {} }: SettingOptions) {
  const { task, environment, initial } = truth;
  const excluded = new Set(profile.heedsExcludedTools ? task.excluded : []);
  const offered = Object.entries(environment.parts)
    .flatMap(([name, part]): readonly ToolDocument[] =>
      Object.hasOwn(documents, name) ? documents[name]! : toolDocuments(part.tools),
    )
    .filter(({ name }) => !excluded.has(name));
  return {
    ...{ task, environment, initial, truth, profile, renderer, documents: offered },
    ...(prompt ? { prompt } : {}),
  };
}
