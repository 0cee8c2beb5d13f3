export type { Pause } from "./future.ts";
export { hosted, skyrl, skyrlJax, type TinkerProfile } from "./profile.ts";
export { type LoraOptions, TinkerClient, type TinkerOptions } from "./tinker-client.ts";
export { TinkerError } from "./tinker-error.ts";
export type { AdamParams, ForwardOutput, TinkerLoss, TinkerModel } from "./tinker-model.ts";
export type { TinkerSample, TinkerSampleRequest, TinkerSampler } from "./tinker-sampler.ts";
export { float32, int64, type TinkerDatum, type TinkerTensor } from "./wire-batch.ts";
