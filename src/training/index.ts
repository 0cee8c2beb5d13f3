export { Algorithm, AlgorithmOverrides } from "./algorithm/algorithm.ts";
export { type Aggregation, dataOf, supervisedDataOf, type WeighedEpisode } from "./algorithm/datums.ts";
export { entropyEstimate } from "./algorithm/entropy-estimate.ts";
export { groupAdvantages, rewardDeviation } from "./algorithm/group-advantages.ts";
export { meanKl, type TokenLogprobs, withKlOnAdvantages } from "./algorithm/kl.ts";
export { logprobGap } from "./algorithm/logprob-gap.ts";
export { type EpisodeShape, type PlannedRun, plannedTokens, type TokenPlan } from "./algorithm/planned-tokens.ts";
export { type PresetName, presetNames, presets } from "./algorithm/presets.ts";
export { type ResolvedPreset, resolvePreset } from "./algorithm/resolve-preset.ts";
