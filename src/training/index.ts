export { groupAdvantages, rewardDeviation } from "../curriculum/group-advantages.ts";
export { Algorithm, AlgorithmOverrides } from "./algorithm/algorithm.ts";
export { type Aggregation, dataOf, supervisedDataOf, type WeighedEpisode } from "./algorithm/datums.ts";
export { entropyEstimate } from "./algorithm/entropy-estimate.ts";
export { meanKl, type TokenLogprobs, withKlOnAdvantages } from "./algorithm/kl.ts";
export { logprobGap } from "./algorithm/logprob-gap.ts";
export { type EpisodeShape, type PlannedRun, plannedTokens, type TokenPlan } from "./algorithm/planned-tokens.ts";
export { type PresetName, presetNames, presets } from "./algorithm/presets.ts";
export { type ResolvedPreset, resolvePreset } from "./algorithm/resolve-preset.ts";
export type { Backend, Capabilities } from "./backend.ts";
export { train } from "./loop/train.ts";
export type { Budget, Playground, TrainOptions, TrainProgress, TrainResult } from "./loop/train-options.ts";
export type { SampledSequence, SampleRequest, Sampler } from "./sampler.ts";
export { StepRecord, ValidationRecord } from "./step-record.ts";
export { openTinkerBackend, type TinkerBackendOptions } from "./tinker-backend.ts";
export type { ChatFormat } from "./tokens/chat-format.ts";
export { sampleFirstMessages } from "./tokens/first-messages.ts";
export { loadChatFormat } from "./tokens/load-chat-format.ts";
export { type SupervisedOptions, supervisedEpisode } from "./tokens/supervised-episode.ts";
export type { ThoughtHistory } from "./tokens/token-conversation.ts";
export type { TokenEpisode, TokenSegment } from "./tokens/token-episode.ts";
export {
  type SamplingOptions,
  startTokenRollout,
  type TokenRollout,
  type TokenRolloutOptions,
} from "./tokens/token-rollout.ts";
export type { Datum, Loss, Optimiser, Trainer, TrainStep, TrainStepResult } from "./trainer.ts";
