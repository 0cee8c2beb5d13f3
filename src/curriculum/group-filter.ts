/** The rollouts of one task in one step. */
export interface RewardGroup {
  readonly task: string;
  readonly rewards: readonly number[];
}

export interface FilteredGroups<G extends RewardGroup> {
  readonly kept: readonly G[];
  /** Groups whose rollouts all earned the same: every advantage in them is zero. */
  readonly dropped: readonly G[];
  /** Groups to draw anew for a full batch. */
  readonly refill: number;
}

/** Rewards are quotients; equal ones may differ in their last digits. */
const tolerance = 1e-9;

/** Leaves out the groups that teach nothing; `wanted` is the number of groups that a full batch has. */
export function withoutZeroVariance<G extends RewardGroup>(groups: readonly G[], wanted: number): FilteredGroups<G> {
  const differs = ({ rewards }: G) => rewards.some((reward) => Math.abs(reward - rewards[0]!) > tolerance);
  const kept = groups.filter(differs);
  return { kept, dropped: groups.filter((group) => !differs(group)), refill: Math.max(0, wanted - kept.length) };
}
