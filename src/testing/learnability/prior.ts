import { featureOf } from "./feature-hash.ts";

/**
 * Where every training starts: a policy that reads a little, as a model does before it is tuned. It leans towards tools that are
 * called what the clause at hand says, towards values that the user named, and towards ending a turn once each clause had its call. It
 * knows no tool, no word and no hint, and is the same in all arms. From weights of zero nearly every group of episodes would fail as one,
 * and nothing would be learned by anyone.
 */
export const prior: readonly (readonly [feature: number, weight: number])[] = [
  ...[0, 1, 2, 3].flatMap((inName) =>
    [0, 1, 2, 3].map((inDescription): [number, number] => [
      featureOf("clause like tool", `${inName} ${inDescription}`),
      0.5 * inName + 0.25 * inDescription,
    ]),
  ),
  [featureOf("in clause", "all"), 1],
  [featureOf("grounded", "all"), 0.5],
  [featureOf("end", "clauses left", 0), 2],
  [featureOf("made", "succeeded"), -1],
  [featureOf("made", "failed"), -1],
];
