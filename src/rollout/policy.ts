import type { Episode } from "../episode/episode.ts";
import type { AssistantMessage } from "../episode/message.ts";
import type { Observation } from "../episode/renderer.ts";
import type { EpisodeSetting } from "../episode/setting.ts";

/** The point of an episode at which a policy is to speak. */
export interface Moment {
  /** All that a model may know. The setting and the episode say more; they are for scripted policies. */
  readonly observation: Observation;
  readonly setting: EpisodeSetting;
  readonly episode: Episode;
  /** Which of the episodes of this task it is, from 0. */
  readonly sample: number;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
}

/** Whatever plays an episode: a model, or a script that a model's numbers are compared with. */
export interface Policy {
  readonly name: string;
  /** The model's next message. What it throws aborts this one episode, with the error's message as the reason. */
  respond(moment: Moment): Promise<AssistantMessage>;
}

/** Names a moment, for what is drawn at random in it. */
export function momentKey({ setting, episode, sample }: Moment): string {
  return JSON.stringify([setting.task.id, sample, episode.turns.length - 1, episode.turns.at(-1)!.length]);
}
