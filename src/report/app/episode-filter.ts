import type { EpisodeRow, ReportData } from "../report-data.ts";

/** What episodes can be filtered by: a name, and the values of an episode, of which one must be the chosen one. */
export interface Facet {
  readonly id: string;
  readonly label: string;
  readonly values: (row: EpisodeRow, data: ReportData) => readonly string[];
}

export const facets: readonly Facet[] = [
  { id: "source", label: "Run", values: ({ source }, { sources }) => [sources[source]!.name] },
  { id: "verdict", label: "Verdict", values: ({ solved }) => [solved ? "solved" : "not solved"] },
  { id: "kind", label: "Played in", values: ({ kind }) => [kind] },
  { id: "category", label: "Category", values: ({ task }, { tasks }) => [tasks[task]!.category] },
  { id: "environment", label: "Environment", values: ({ task }, { tasks }) => tasks[task]!.environments },
  { id: "policy", label: "Policy", values: ({ policy }) => [policy] },
  { id: "stage", label: "Stage", values: ({ stage }) => (stage === undefined ? [] : [stage]) },
  { id: "step", label: "Step", values: ({ step }) => (step === undefined ? [] : [String(step)]) },
  { id: "sample", label: "Sample", values: ({ sample }) => [String(sample)] },
  { id: "ended", label: "Ended", values: ({ ended }) => [ended] },
  { id: "failure", label: "Failed call", values: ({ failures }) => failures },
  { id: "reason", label: "Turn failed by", values: ({ reasons }) => reasons },
  { id: "hints", label: "Hints", values: ({ hints }) => [hints > 0 ? "with hints" : "without hints"] },
];

/** The values that a facet has in a report, numbers in their order; nothing to choose where there is just one. */
export function choicesOf(facet: Facet, data: ReportData): string[] {
  const values = [...new Set(data.episodes.flatMap((row) => facet.values(row, data)))];
  return values.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
}

export const sortings = {
  "as recorded": () => 0,
  "lowest reward": (a, b) => (a.reward ?? a.progress) - (b.reward ?? b.progress),
  "highest reward": (a, b) => (b.reward ?? b.progress) - (a.reward ?? a.progress),
  "most failed calls": (a, b) => b.failedCalls - a.failedCalls,
  "most calls": (a, b) => b.calls - a.calls,
  "most hints": (a, b) => b.hints - a.hints,
} as const satisfies Readonly<Record<string, (a: EpisodeRow, b: EpisodeRow) => number>>;
export type Sorting = keyof typeof sortings;

export interface EpisodeQuery {
  /** Words that must all be there. */
  readonly search: string;
  /** The chosen value of each facet, by its id. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly sorting: Sorting;
}

/** Finds episodes; what is searched in is put together once. */
export function episodeFinder(data: ReportData): (query: EpisodeQuery) => number[] {
  let texts: readonly string[] | undefined;
  return ({ search, chosen, sorting }) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0) texts ??= searchTexts(data);
    const wanted = facets.filter(({ id }) => chosen[id]);
    const found = data.episodes.flatMap((row, index) => {
      const fits = wanted.every((facet) => facet.values(row, data).includes(chosen[facet.id]!));
      return fits && words.every((word) => texts![index]!.includes(word)) ? [index] : [];
    });
    return sorting === "as recorded"
      ? found
      : found.sort((a, b) => sortings[sorting](data.episodes[a]!, data.episodes[b]!));
  };
}

const searchTexts = ({ tasks, episodes }: ReportData): string[] =>
  episodes.map(({ task, policy, tools, failures, reasons }) => {
    const { id, users } = tasks[task]!;
    return [id, policy, ...users, ...tools, ...failures, ...reasons].join("\n").toLowerCase();
  });
