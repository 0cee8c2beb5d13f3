/** The known name that a misspelt one most likely means; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let nearest: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforeThat: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforeThat[j - 2] ?? Infinity) + 1 : Infinity;
      row.push(Math.min(replaced, swapped, previous[j]! + 1, row[j - 1]! + 1));
    }
    beforeThat = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/**
 * The known names that most resemble a given one, most alike first, at most `most` of them: shared words count, and equal
 * letters at either end. Empty where nothing resembles it.
 */
export function nearestNames(name: string, known: readonly string[], most = 3): string[] {
  const wanted = wordsOf(name);
  const scored = known
    .filter((candidate) => candidate !== name)
    .map((candidate, index) => ({ candidate, index, likeness: likeness(name, wanted, candidate) }))
    .filter((entry) => entry.likeness >= leastLikeness);
  scored.sort((a, b) => b.likeness - a.likeness || a.index - b.index);
  return scored.slice(0, most).map(({ candidate }) => candidate);
}

/** Below this, two names do not resemble each other. */
const leastLikeness = 0.3;
/** Longer names are compared by their first letters only, which keeps the cost of a hostile argument bounded. */
const comparedLength = 200;

function likeness(name: string, wanted: readonly string[], candidate: string): number {
  const [a, b] = [name.slice(0, comparedLength).toLowerCase(), candidate.slice(0, comparedLength).toLowerCase()];
  if (a === b) return 1;
  const words = wordsOf(candidate);
  const shared = wanted.filter((word) => words.includes(word)).length;
  const overlap = (2 * shared) / Math.max(1, wanted.length + words.length);
  const longest = Math.max(1, a.length, b.length);
  // Names of such different lengths cannot be alike enough by their letters to count.
  if (1 - Math.abs(a.length - b.length) / longest < Math.max(overlap, leastLikeness)) return overlap;
  return Math.max(overlap, 1 - editDistance(a, b) / longest);
}

/** `finalReport_v2.pdf` -> final, report, v2, pdf. */
function wordsOf(name: string): string[] {
  return (
    name
      .slice(0, comparedLength)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
