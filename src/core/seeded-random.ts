import { sha256 } from "./canonical.ts";

/** A stream of pseudo-random numbers that depends on nothing but its seed. */
export interface SeededRandom {
  /** At least 0, less than 1. */
  number(): number;
  /** A whole number from 0, less than `bound`. */
  below(bound: number): number;
  /** An item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
}

/** The stream of a seed text. The generator is Chris Doty-Humphrey's sfc32. */
export function seededRandom(seed: string): SeededRandom {
  const digest = sha256(seed);
  let [a, b, c, counter] = [0, 8, 16, 24].map((at) => Number.parseInt(digest.slice(at, at + 8), 16) | 0) as [
    number,
    number,
    number,
    number,
  ];
  const number = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) number();
  const below = (bound: number) => Math.floor(number() * bound);
  return { number, below, pick: (items) => items[below(items.length)]! };
}
