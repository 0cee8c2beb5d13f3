import { seededRandom } from "../core/seeded-random.ts";
import { type HintLevel, hintLevels } from "./level.ts";

/** The share of each level among the hints; they add up to 1. `{ guide: 0.8, off: 0.2 }` drops one hint in five. */
export type LevelMix = Readonly<Partial<Record<HintLevel, number>>>;

/** Throws where the shares are no shares. */
export function checkLevelMix(mix: LevelMix): void {
  let sum = 0;
  for (const [level, share] of Object.entries(mix)) {
    if (!(hintLevels as readonly string[]).includes(level))
      throw new Error(`'${level}' is no hint level; there are ${hintLevels.join(", ")}`);
    if (!(share >= 0 && share <= 1)) throw new Error(`the share of hint level '${level}' is ${share}; give 0 to 1`);
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-9) throw new Error(`the shares of the hint levels add up to ${sum}, not to 1`);
}

/** The mix on the way from one level to another: `progress` 0 is all `from`, 1 is all `to`. */
export function annealed(from: HintLevel, to: HintLevel, progress: number): LevelMix {
  const share = Math.min(1, Math.max(0, progress));
  return from === to ? { [from]: 1 } : { [from]: 1 - share, [to]: share };
}

/** A level with some of its hints dropped at random. */
export const withDropout = (level: HintLevel, dropout: number): LevelMix => annealed(level, "off", dropout);

/** The level of one hint; the same seed and place draw the same level. */
export function drawLevel(mix: LevelMix, seed: string): HintLevel {
  const open = hintLevels.filter((level) => (mix[level] ?? 0) > 0);
  if (open.length === 1) return open[0]!;
  let left = seededRandom(seed).number();
  for (const level of open) {
    left -= mix[level]!;
    if (left < 0) return level;
  }
  return open.at(-1) ?? "off";
}
