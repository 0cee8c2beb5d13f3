/**
 * How much a hint says: nothing; the rule that was broken and what is true now; which kind of step leads on; which tool to
 * call. Each level says what the one before it says, and more.
 */
export const hintLevels = ["off", "diagnose", "guide", "direct"] as const;
export type HintLevel = (typeof hintLevels)[number];

/** Whether a hint at `level` says what belongs to `least`. */
export const reaches = (level: HintLevel, least: HintLevel): boolean =>
  hintLevels.indexOf(level) >= hintLevels.indexOf(least);
