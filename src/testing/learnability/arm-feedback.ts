import { type HintLibrary, hintOn } from "../../feedback/feedback.ts";
import type { HintLevel } from "../../feedback/level.ts";
import { type HintPool, shuffledHints } from "../shuffled-hints.ts";
import type { Arm } from "./arms.ts";
import type { Feedback } from "./failure.ts";

export const noHints: Feedback = { name: "off", source: undefined, level: "guide" };

/** What an arm says on failed calls of tasks of a family. Shuffled hints are drawn from other families and other tools. */
export function armFeedback(hints: Arm["hints"], library: HintLibrary, pool: HintPool, family: string): Feedback {
  if (hints === "off") return noHints;
  if (hints === "shuffled") return { name: hints, source: shuffledHints(pool, family, "learnability"), level: "guide" };
  const level: Exclude<HintLevel, "off"> = hints;
  return { name: level, source: (moment, at) => hintOn(library, moment, at), level };
}
