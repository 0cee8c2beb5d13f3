import type { Grade } from "./grade.ts";
import { type Graded, type Group, groupsOf, scoreOf } from "./group.ts";
import { clusterInterval, type Interval } from "./interval.ts";

export interface GradedEntry extends Graded {
  readonly id: string;
  readonly family: string;
  readonly grade: Grade;
}

/** What a group of graded entries adds up to; shares are from 0 to 1. */
export interface GradeSummary {
  readonly group: string;
  readonly count: number;
  readonly valid: number;
  readonly accuracy: number;
  /** 95%, by cluster bootstrap over families. */
  readonly interval?: Interval;
  /** The mean share of turns passed. */
  readonly progress: number;
  /** How often each error type came first. */
  readonly failures: Readonly<Record<string, number>>;
  /** Calls that envtune turned down, and the entries they occur in. */
  readonly refusals: number;
  readonly refusedEntries: number;
}

/** One summary a category, in order of appearance, and one of all unless there is just one category. */
export function summarize(graded: readonly GradedEntry[]): GradeSummary[] {
  return groupsOf(graded).map(summaryOf);
}

function summaryOf({ group, entries }: Group<GradedEntry>): GradeSummary {
  const { accuracy, progress } = scoreOf(entries);
  const interval = clusterInterval(
    entries.map(({ family, grade }) => ({ cluster: family, value: grade.valid ? 1 : 0 })),
  );
  const failures: Record<string, number> = {};
  for (const { grade } of entries)
    if (grade.failure) failures[grade.failure.type] = (failures[grade.failure.type] ?? 0) + 1;
  return {
    group,
    count: entries.length,
    valid: entries.filter(({ grade }) => grade.valid).length,
    accuracy,
    ...(interval ? { interval } : {}),
    progress,
    failures,
    refusals: entries.reduce((sum, { grade }) => sum + grade.refusals, 0),
    refusedEntries: entries.filter(({ grade }) => grade.refusals > 0).length,
  };
}
