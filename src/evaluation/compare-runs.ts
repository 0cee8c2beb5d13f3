import { groupsOf, meanOf } from "../grading/group.ts";
import { clusterInterval, type Interval } from "../grading/interval.ts";
import { type TurnReasonCode, turnReasonCodes } from "../progress/turn-reason.ts";
import type { EvaluatedEpisode } from "./evaluated-run.ts";

/** Two runs on the tasks of a category, or on all that both have played. Accuracies are means over tasks, from 0 to 1. */
export interface GroupComparison {
  readonly group: string;
  readonly tasks: number;
  readonly accuracyA: number;
  readonly accuracyB: number;
  /** B minus A. */
  readonly difference: number;
  /** Of the difference, 95%, by bootstrap over families, each task paired with itself; absent with fewer than two families. */
  readonly interval?: Interval;
  /** Tasks whose accuracy over their samples is higher in B, and lower. */
  readonly won: number;
  readonly lost: number;
  /** Episodes that both runs have, by task and sample: which of the two runs were right. */
  readonly episodes: {
    readonly both: number;
    readonly onlyA: number;
    readonly onlyB: number;
    readonly neither: number;
  };
}

/** How often turns failed for a reason, in turns of a hundred that were begun. */
export interface ReasonChange {
  readonly code: TurnReasonCode;
  readonly a: number;
  readonly b: number;
}

export interface RunComparison {
  /** One a category, in order of appearance, and one of all unless there is just one category. */
  readonly groups: readonly GroupComparison[];
  /** Reasons whose share changed, the largest change first; over the tasks of both runs. */
  readonly reasons: readonly ReasonChange[];
  /** Tasks that one run alone has played; they are left out. */
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
}

interface Pair {
  readonly id: string;
  readonly category: string;
  readonly family: string;
  readonly a: readonly EvaluatedEpisode[];
  readonly b: readonly EvaluatedEpisode[];
}

/** Compares two runs, B with A, task by task. */
export function compareRuns(a: readonly EvaluatedEpisode[], b: readonly EvaluatedEpisode[]): RunComparison {
  const [byA, byB] = [byTask(a), byTask(b)];
  const pairs = [...byA].flatMap(([id, episodes]): Pair[] => {
    const others = byB.get(id);
    const { category, family } = episodes[0]!;
    return others ? [{ id, category, family, a: episodes, b: others }] : [];
  });
  return {
    groups: groupsOf(pairs).map(({ group, entries }) => compareGroup(group, entries)),
    reasons: reasonChanges(pairs),
    onlyInA: [...byA.keys()].filter((id) => !byB.has(id)),
    onlyInB: [...byB.keys()].filter((id) => !byA.has(id)),
  };
}

function byTask(episodes: readonly EvaluatedEpisode[]): Map<string, EvaluatedEpisode[]> {
  const tasks = new Map<string, EvaluatedEpisode[]>();
  for (const episode of episodes) tasks.set(episode.id, [...(tasks.get(episode.id) ?? []), episode]);
  return tasks;
}

const accuracyOf = (episodes: readonly EvaluatedEpisode[]) => meanOf(episodes, ({ grade }) => (grade.valid ? 1 : 0));

function compareGroup(group: string, pairs: readonly Pair[]): GroupComparison {
  const differences = pairs.map(({ family, a, b }) => ({ cluster: family, value: accuracyOf(b) - accuracyOf(a) }));
  const interval = clusterInterval(differences);
  const outcomes = pairs.flatMap(({ a, b }) =>
    a.flatMap(({ sample, grade }) => {
      const other = b.find((episode) => episode.sample === sample);
      return other ? [{ a: grade.valid, b: other.grade.valid }] : [];
    }),
  );
  const count = (inA: boolean, inB: boolean) => outcomes.filter((one) => one.a === inA && one.b === inB).length;
  return {
    group,
    tasks: pairs.length,
    accuracyA: meanOf(pairs, ({ a }) => accuracyOf(a)),
    accuracyB: meanOf(pairs, ({ b }) => accuracyOf(b)),
    difference: meanOf(differences, ({ value }) => value),
    ...(interval ? { interval } : {}),
    won: differences.filter(({ value }) => value > 0).length,
    lost: differences.filter(({ value }) => value < 0).length,
    episodes: {
      both: count(true, true),
      onlyA: count(true, false),
      onlyB: count(false, true),
      neither: count(false, false),
    },
  };
}

function reasonChanges(pairs: readonly Pair[]): ReasonChange[] {
  const [a, b] = [pairs.flatMap((pair) => pair.a), pairs.flatMap((pair) => pair.b)].map(reasonShares) as [
    Shares,
    Shares,
  ];
  return turnReasonCodes
    .map((code) => ({ code, a: a(code), b: b(code) }))
    .filter((change) => change.a !== change.b)
    .sort((one, other) => Math.abs(other.b - other.a) - Math.abs(one.b - one.a));
}

type Shares = (code: TurnReasonCode) => number;

function reasonShares(episodes: readonly EvaluatedEpisode[]): Shares {
  const turns = episodes.reduce((sum, episode) => sum + episode.turns, 0);
  const counts = new Map<TurnReasonCode, number>();
  for (const code of episodes.flatMap(({ turnReasons }) => turnReasons)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return (code) => (100 * (counts.get(code) ?? 0)) / Math.max(1, turns);
}
