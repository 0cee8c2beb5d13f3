import { type Shortfall, turnFeedback } from "../feedback/turn-feedback.ts";
import { missingTexts } from "../grading/missing-texts.ts";
import type { EpisodeSetting } from "./setting.ts";
import type { EpisodeStep } from "./transcript.ts";

/** As far as an episode has come. */
interface Played {
  readonly state: object;
  readonly turns: readonly (readonly EpisodeStep[])[];
}

/** Said where a call ended a turn that was there to abstain in. */
export const abstainNotice =
  "In the turn before, a tool or a value that the request needs was missing: the right answer was to say so or to ask. Your calls were not executed, and the turn was ended.";

/** Said where the turn was ended for the model. */
export const limitNotice = (stepLimit: number): string =>
  `The turn before was ended for you, because more than ${stepLimit} messages in it called tools or could not be read. What your last message called was executed, as its results show.`;

/** What turn feedback says as the model ends the turn; undefined where the goal is met, or nothing is to be said. */
export function unfinishedNotice(setting: EpisodeSetting, episode: Played): string | undefined {
  const { turnFeedback: level = "off" } = setting;
  return level === "off" ? undefined : turnFeedback(shortfallOf(setting, episode), level);
}

function shortfallOf({ truth, task, environment, initial }: EpisodeSetting, episode: Played): Shortfall {
  const turn = episode.turns.length - 1;
  const executed = episode.turns.map((steps) => steps.filter(({ notExecuted }) => !notExecuted));
  const seen = executed.flat().flatMap(({ results }) => results.map(({ text }) => text));
  const expected = truth.turns[turn]!;
  const before = turn === 0 ? initial : truth.turns[turn - 1]!.state;
  const differing = environment.differences(episode.state, expected.state);
  const required = new Set(environment.differences(before, expected.state));
  const stillAsBefore = new Set(
    differing.filter((name) => !environment.differences(episode.state, before).includes(name)),
  );
  const needsCalls = task.turns[turn]!.groundTruth.length > 0;
  return {
    calledNothing: needsCalls && executed[turn]!.every(({ calls }) => calls.length === 0),
    unchanged: differing.some((name) => required.has(name) && stillAsBefore.has(name)),
    changedOtherwise: differing.some((name) => !stillAsBefore.has(name)),
    notLookedUp: missingTexts(expected.texts, seen).length > 0,
    environments: [...new Set(differing.map((name) => name.split(".")[0]!))],
  };
}
