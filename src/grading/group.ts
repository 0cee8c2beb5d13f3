import type { Grade } from "./grade.ts";

/** Anything graded that belongs to a category: an entry of a result file, an episode. */
export interface Graded {
  readonly category: string;
  readonly grade: Pick<Grade, "valid" | "progress">;
}

/** Entries that are summed up together. */
export interface Group<E> {
  readonly group: string;
  readonly entries: readonly E[];
}

/** One group a category, in order of appearance, and one of all unless there is just one category. */
export function groupsOf<E extends Pick<Graded, "category">>(entries: readonly E[]): Group<E>[] {
  const categories = [...new Set(entries.map(({ category }) => category))];
  return [
    ...categories.map((group) => ({ group, entries: entries.filter(({ category }) => category === group) })),
    ...(categories.length === 1 ? [] : [{ group: "all", entries }]),
  ];
}

/** The share of valid entries and their mean progress, from 0 to 1. */
export function scoreOf(entries: readonly Graded[]): { readonly accuracy: number; readonly progress: number } {
  return {
    accuracy: meanOf(entries, ({ grade }) => (grade.valid ? 1 : 0)),
    progress: meanOf(entries, ({ grade }) => grade.progress),
  };
}

/** The mean of a number over entries; 0 for none. */
export function meanOf<E>(entries: readonly E[], of: (entry: E) => number): number {
  return entries.length === 0 ? 0 : entries.reduce((sum, entry) => sum + of(entry), 0) / entries.length;
}
