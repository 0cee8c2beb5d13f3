import { seededRandom } from "../../core/seeded-random.ts";
import { maximum } from "../../curriculum/numbers.ts";
import type { Arena } from "./arena.ts";
import { noHints } from "./arm-feedback.ts";
import { examine } from "./examine.ts";
import { featureOf } from "./feature-hash.ts";
import { LinearPolicy } from "./linear-policy.ts";
import { rollOut } from "./play.ts";

/** Reads where values stand and how many clauses there are, makes no call twice, and knows nothing that tells one tool from another. */
const grounded: readonly (readonly [feature: number, weight: number])[] = [
  [featureOf("grounded", "all"), 3],
  [featureOf("grounded", "nothing to ground"), 1.5],
  [featureOf("in clause", "all"), 3],
  [featureOf("end", "clauses left", 0), 6],
  ...[1, 2, 3].map((left): [number, number] => [featureOf("end", "clauses left", left), -3]),
  [featureOf("made", "succeeded"), -5],
  [featureOf("made", "failed"), -5],
];
const favour = 3;
const guessEpisodes = 4;

/** The most progress on the held-out families of guessers that have one favourite tool each, or none. */
export function guessedIn(arena: Arena): number {
  const { heldOut, environmentOf } = arena.subject;
  const tools = new Set(heldOut.flatMap(({ environments }) => Object.keys(environmentOf(environments).tools)));
  const favourites = [[], ...[...tools].map((tool): [number, number][] => [[featureOf("tool", tool), favour]])];
  return maximum(
    favourites.map((favourite) => {
      arena.tidy();
      const policy = new LinearPolicy([...grounded, ...favourite]);
      return examine(arena, policy, heldOut, { hints: "off", episodes: guessEpisodes, seed: "guess" }).progress;
    }),
  );
}

/** The share of tasks on which a group of episodes of a policy that picks at random all earn the same. */
export function flatAtRandom(arena: Arena, groupSize: number): number {
  const { tasks } = arena.subject;
  const blind = new LinearPolicy();
  const flat = tasks.filter((task) => {
    const random = seededRandom(JSON.stringify(["at random", task.id]));
    const rewards = Array.from({ length: groupSize }, () => {
      const { outcome } = rollOut(arena.courseOf(task), blind, { seed: "candidates 0", feedback: noHints, random });
      return outcome.rewards.progress!;
    });
    return new Set(rewards).size === 1;
  });
  return flat.length / tasks.length;
}
