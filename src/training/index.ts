export type { Backend, Capabilities } from "./backend.ts";
export type { SampledSequence, SampleRequest, Sampler } from "./sampler.ts";
export { StepRecord, ValidationRecord } from "./step-record.ts";
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
