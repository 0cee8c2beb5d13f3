/** How an episode is played, apart from what is shown of it. */
export interface EpisodeRules {
  /** Attempts that a turn may take: messages that call something or try to. */
  readonly stepLimit: number;
  /** What one attempt more does: it is executed, and then the turn ends and the episode goes on, or the episode ends. */
  readonly beyondLimit: "endTurn" | "endEpisode";
  /** Tokens of the whole conversation beyond which the episode ends, where the policy reports them. */
  readonly tokenLimit?: number;
  /** A message that cannot be read ends the turn, as in the reference, or is explained and counts as an attempt. */
  readonly unreadable: "endTurn" | "explain";
  /**
   * A turn that has no ground truth, because a tool or a value is missing, is played like any other; or it is there to abstain
   * in: a call is not executed and ends it.
   */
  readonly withoutGroundTruth: "play" | "abstain";
  /** Each turn starts from what the model left, or, teacher-forced, from where the ground truth stands by then. */
  readonly startOfTurn: "modelState" | "groundTruthState";
}

/** As the reference evaluates: 20 steps a turn, and the 21st fails the entry. */
export const evaluationRules: EpisodeRules = {
  stepLimit: 20,
  beyondLimit: "endEpisode",
  unreadable: "endTurn",
  withoutGroundTruth: "play",
  startOfTurn: "modelState",
};

/** As Environment Tuning trains: 5 attempts a turn, and the sixth ends the turn (paper's code, `max_step_limit`). */
export const trainingRules: EpisodeRules = {
  stepLimit: 5,
  beyondLimit: "endTurn",
  unreadable: "explain",
  withoutGroundTruth: "abstain",
  startOfTurn: "modelState",
};
