import type { Episode } from "../../episode/episode.ts";
import type { Candidate } from "./candidate.ts";
import type { Failure, Feedback } from "./failure.ts";
import type { PlaceFeatures } from "./feature-hash.ts";
import { feedbackFeatures } from "./feedback-features.ts";

/** A point of an episode where the policy is to speak. What hints say is no part of it: all arms come by the same places. */
export class Place {
  readonly episode: Episode;
  readonly candidates: readonly Candidate[];
  /** The tools among the candidates, and for each candidate the index of its tool. */
  readonly tools: readonly string[];
  readonly toolOf: readonly number[];
  readonly features: PlaceFeatures;
  /** The latest failure of the turn, and whether it was the latest call. */
  readonly failure: Failure | undefined;
  readonly isFresh: boolean;
  /** Where each candidate leads, found out when it is first chosen. */
  readonly next: (Place | Outcome | undefined)[] = [];
  readonly #feedback = new Map<string, PlaceFeatures | undefined>();

  constructor(parts: Pick<Place, "episode" | "candidates" | "tools" | "toolOf" | "features" | "failure" | "isFresh">) {
    this.episode = parts.episode;
    this.candidates = parts.candidates;
    this.tools = parts.tools;
    this.toolOf = parts.toolOf;
    this.features = parts.features;
    this.failure = parts.failure;
    this.isFresh = parts.isFresh;
  }

  /** What the text shown on the latest failure adds to the features: the only way by which a hint reaches the policy. */
  feedbackIn(feedback: Feedback): PlaceFeatures | undefined {
    if (!this.failure) return undefined;
    if (!this.#feedback.has(feedback.name))
      this.#feedback.set(feedback.name, feedbackFeatures(this, this.failure, this.failure.shownIn(feedback)));
    return this.#feedback.get(feedback.name);
  }
}

/** How an episode came out. */
export class Outcome {
  readonly turns: Episode["turns"];
  /** By the names of the stages' rewards. */
  readonly rewards: Readonly<Record<string, number>>;
  readonly progress: number;
  readonly passed: number;
  /** 1 or 0 for each turn of the task. */
  readonly achieved: readonly number[];

  constructor(parts: Outcome) {
    this.turns = parts.turns;
    this.rewards = parts.rewards;
    this.progress = parts.progress;
    this.passed = parts.passed;
    this.achieved = parts.achieved;
  }
}
