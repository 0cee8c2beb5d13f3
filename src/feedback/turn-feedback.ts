import { type HintLevel, reaches } from "./level.ts";
import { listed } from "./words.ts";

/** How a turn that the model ended falls short of its goal. It says which kind of thing is amiss, and holds nothing of the goal. */
export interface Shortfall {
  readonly calledNothing: boolean;
  /** Something that had to change is as it was when the turn began. */
  readonly unchanged: boolean;
  /** Something is neither as it was nor as it should be. */
  readonly changedOtherwise: boolean;
  /** A result that was to be looked up never appeared. */
  readonly notLookedUp: boolean;
  /** The environments concerned. */
  readonly environments: readonly string[];
}

/**
 * What is said before the user's next message when the model ended a turn whose goal is not met: that it is not met
 * (`diagnose`), what kind of thing is unfinished (`guide`), in which environments (`direct`); never what. Unlike a hint it reads
 * the verdict, so it is for training alone. Undefined at `off`, and where nothing falls short.
 */
export function turnFeedback(shortfall: Shortfall, level: HintLevel): string | undefined {
  const { calledNothing, unchanged, changedOtherwise, notLookedUp, environments } = shortfall;
  if (level === "off" || !(calledNothing || unchanged || changedOtherwise || notLookedUp)) return undefined;
  const sentences = ["The request before this one was not fulfilled when you ended the turn."];
  if (reaches(level, "guide")) {
    if (calledNothing) sentences.push("It needed tools, and none was called.");
    else if (unchanged) sentences.push("Something that had to be changed was left as it was.");
    if (changedOtherwise) sentences.push("Something was changed in another way than it should have been.");
    if (notLookedUp && !calledNothing) sentences.push("Something that had to be looked up or computed never was.");
  }
  if (reaches(level, "direct") && environments.length > 0) sentences.push(`It concerns ${listed([...environments])}.`);
  return sentences.join(" ");
}
