import { attempt } from "../python/attempt.ts";
import { PythonError } from "../python/error.ts";
import { toDouble } from "../python/number-value.ts";
import type { PyNumber } from "../python/value.ts";

/** The known numbers that lie nearest to a given one, nearest first, without that number itself. */
export function nearestNumbers<N extends PyNumber>(given: PyNumber, known: readonly N[], most = 3): N[] {
  const wanted = double(given);
  const distances = known.map((number, index) => {
    const distance = Math.abs(double(number) - wanted);
    return { number, index, distance: Number.isNaN(distance) ? Number.MAX_VALUE : distance };
  });
  return distances
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => (a.distance === b.distance ? a.index - b.index : a.distance < b.distance ? -1 : 1))
    .slice(0, most)
    .map(({ number }) => number);
}

/** Not a number where an int is beyond what a double can say. */
function double(value: PyNumber): number {
  const number = attempt(() => toDouble(value));
  return number instanceof PythonError ? Number.NaN : number;
}
