import { turnFeedback } from "../feedback/turn-feedback.ts";
import { assess } from "../progress/assess.ts";
import { turnShortfall } from "../progress/turn-shortfall.ts";
import type { EpisodeSetting } from "./setting.ts";
import type { EpisodeStep } from "./transcript.ts";

/** Said where a call ended a turn that was there to abstain in. */
export const abstainNotice =
  "In the turn before, a tool or a value that the request needs was missing: the right answer was to say so or to ask. Your calls were not executed, and the turn was ended.";

/** Said where the turn was ended for the model. */
export const limitNotice = (stepLimit: number): string =>
  `The turn before was ended for you, because more than ${stepLimit} messages in it called tools or could not be read. What your last message called was executed, as its results show.`;

/** What turn feedback says as the model ends the turn; undefined where the goal is met, or nothing is to be said. */
export function unfinishedNotice(
  { truth, profile, rules, turnFeedback: level = "off" }: EpisodeSetting,
  { turns }: { readonly turns: readonly (readonly EpisodeStep[])[] },
): string | undefined {
  if (level === "off") return undefined;
  const assessed = assess(truth, { turns, ended: undefined }, profile, rules);
  return turnFeedback(turnShortfall(assessed.turns[turns.length - 1]!, truth.environment), level);
}
