/** Weights of the policy. Features that meet in one of them disturb each other a little, the same in all arms. */
export const featureCount = 2 ** 16;

/** The weight of a feature, by FNV-1a over the parts of its name. */
export function featureOf(...name: readonly (string | number | boolean)[]): number {
  let hash = 0x811c9dc5;
  for (const part of name) {
    if (typeof part === "string")
      for (let at = 0; at < part.length; at++) hash = Math.imul(hash ^ part.charCodeAt(at), 0x01000193);
    else hash = Math.imul(hash ^ (0x10000 + Number(part)), 0x01000193);
    hash = Math.imul(hash ^ 0x1ffff, 0x01000193);
  }
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) % featureCount;
}

/** Features that hold, each with the same value. */
export interface Features {
  readonly ids: readonly number[];
  readonly value: number;
}

/** Features of a place: those of each tool that can be chosen there, and those of each candidate. */
export interface PlaceFeatures {
  readonly ofTools: readonly (readonly Features[])[];
  readonly ofCandidates: readonly (readonly Features[])[];
}

/** So many words together weigh as much as a few plain features do. */
export const wordValue = 0.25;
