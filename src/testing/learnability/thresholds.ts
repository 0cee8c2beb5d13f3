/** Where a figure becomes a problem. Shares of progress unless they say otherwise. */
export const thresholds = {
  /** What the ground truth must earn. */
  witness: 0.95,
  /** What the right calls must earn that need no guessing. */
  told: 0.5,
  /** A start from which there is little to learn. */
  saturated: 0.9,
  /** A rise that is none. */
  noGain: 0.05,
  /** Groups that all earn the same, of all after the syntax stage. */
  flatGroups: 0.9,
  /** What a policy that knows nothing may earn, of what the ground truth earns. */
  trivial: 0.8,
  /** A reward that rises by this much must bring progress with it: this share of its rise at least. */
  rewardGain: 0.2,
  progressOfReward: 0.25,
  /** A rise on the tasks trained on of which the held-out families must have some share. */
  trainGain: 0.15,
  transferred: 0.25,
  /** How much better than without hints a policy trained with hints may be with them. */
  dependence: 0.1,
  /**
   * How far hints may fall behind the placebo, with an interval below zero, and the trainings that it takes to say so: of three, all
   * come out below by chance one time in eight, and a bootstrap over them calls that certain.
   */
  harm: 0.03,
  seeds: 5,
  /** How much less may be mended by who obeys hints than by a control, and the families that have to meet hints to say so. */
  misled: 0.05,
  families: 10,
  /** By how much training must end above guessing, where it ends below half. */
  aboveGuessing: 0.05,
  half: 0.5,
} as const;
