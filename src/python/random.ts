import { PythonError } from "./error.ts";
import { wordAt } from "./mersenne-twister.ts";
import type { PyNumber } from "./value.ts";

/** Python's `random.Random(seed)` as data: the seed, and how many 32-bit words have been drawn since. */
export type RandomState = { readonly seed: PyNumber; readonly draws: number };

export type RandomDraw = { readonly value: number; readonly random: RandomState };

/** A fresh generator, `random.Random(seed)` of an int. */
export function randomOf(seed: PyNumber): RandomState {
  return { seed, draws: 0 };
}

/** `randint(low, high)`, both ends included; `high - low` may have up to 53 bits. */
export function randomInteger(random: RandomState, low: number, high: number): RandomDraw {
  const range = high - low + 1;
  if (range < 1) throw new PythonError("ValueError", `empty range for randrange() (${low}, ${high + 1}, ${range})`);
  if (!Number.isSafeInteger(range)) throw new RangeError("randomInteger: the range exceeds 53 bits");
  const bits = range.toString(2).length;
  let draws = random.draws;
  for (;;) {
    let value = wordAt(random.seed, draws);
    draws += 1;
    if (bits > 32) {
      value += (wordAt(random.seed, draws) >>> (64 - bits)) * 2 ** 32;
      draws += 1;
    } else value >>>= 32 - bits;
    if (value < range) return { value: low + value, random: { seed: random.seed, draws } };
  }
}

/** `uniform(low, high)` as a double; give it to `floatValue` to keep it as a Python float. */
export function randomUniform(random: RandomState, low: number, high: number): RandomDraw {
  const upper = wordAt(random.seed, random.draws) >>> 5;
  const lower = wordAt(random.seed, random.draws + 1) >>> 6;
  const unit = (upper * 67108864 + lower) / 9007199254740992;
  return { value: low + (high - low) * unit, random: { seed: random.seed, draws: random.draws + 2 } };
}
