import type { Decision } from "../curriculum/decision.ts";
import type { Trace } from "../rollout/trace.ts";
import type { categories } from "../task/task.ts";

/** What the page reads first. Episodes and ground truths lie beside it in compressed blocks, and are read as they are looked at. */
export interface ReportData {
  readonly sources: readonly SourceData[];
  /** The settings in which the sources differ, by name. */
  readonly differing: readonly string[];
  /** The steps of all training runs: what the values of every line stand at. */
  readonly steps: readonly number[];
  readonly charts: readonly ChartData[];
  readonly tasks: readonly TaskRow[];
  readonly episodes: readonly EpisodeRow[];
  /** Which episode or task each block starts with. */
  readonly episodeBlocks: readonly number[];
  readonly taskBlocks: readonly number[];
}

/** A training run, a run over tasks, or a file of traces. */
export interface SourceData {
  readonly name: string;
  readonly kind: "training run" | "run" | "traces";
  /** What it came to: name and value, as they are read. */
  readonly facts: readonly Fact[];
  readonly settings: readonly Fact[];
  /** What a reader should know of what is missing or left out. */
  readonly notes: readonly string[];
  readonly bands: readonly StageBand[];
  readonly decisions: readonly DecisionMark[];
}
export type Fact = readonly [name: string, value: string];

/** Steps from one to another, both included, that a stage took. */
export interface StageBand {
  readonly stage: string;
  readonly from: number;
  readonly to: number;
}

export interface DecisionMark {
  readonly step: number;
  readonly kind: Decision["kind"];
  readonly text: string;
}

export interface ChartData {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly format: NumberFormat;
  readonly lines: readonly LineData[];
}
export type NumberFormat = "share" | "number" | "count";

export interface LineData {
  /** Index of the source. */
  readonly source: number;
  readonly label: string;
  /** Which of the chart's figures it is, from 0: they differ in dashes. */
  readonly figure: number;
  readonly values: readonly (number | null)[];
}

export interface TaskRow {
  readonly id: string;
  readonly category: (typeof categories)[number];
  /** Not known where the task is not at hand. */
  readonly environments: readonly string[];
  /** What the user says, turn by turn; of a task that is not at hand, as far as an episode came. */
  readonly users: readonly string[];
}

/** How an episode was played: in a step's rollouts, in a validation with hints off or on, or in a run of its own. */
export type EpisodeKind = "rollout" | "validation" | "validation with hints" | "run";

/** An episode as the list shows, searches, filters and sorts it. */
export interface EpisodeRow {
  readonly source: number;
  readonly task: number;
  readonly kind: EpisodeKind;
  readonly step?: number;
  readonly stage?: string;
  readonly sample: number;
  readonly policy: string;
  readonly ended: Trace["ended"];
  readonly solved: boolean;
  readonly progress: number;
  readonly reward?: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly hints: number;
  /** Tools called, codes of failed calls, and codes of reasons for which turns failed; each once. */
  readonly tools: readonly string[];
  readonly failures: readonly string[];
  readonly reasons: readonly string[];
}

/** Everything about an episode. */
export interface EpisodeDetail {
  readonly trace: Trace;
  /** What its calls did to the state, or why that is not known. */
  readonly replay: EpisodeReplay | Missing;
}
export interface EpisodeReplay {
  readonly turns: readonly TurnReplay[];
}
export interface TurnReplay {
  /** What each call of each message changed. */
  readonly steps: readonly (readonly (readonly Change[])[])[];
  /** What is different from the ground truth as the turn ends: `from` is the model's, `to` the ground truth's. */
  readonly wrong: readonly Change[];
}

/** A difference of states; values as JSON with Python's floats, and left out where there is none. */
export interface Change {
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** A task's ground truth, turn by turn. */
export interface TaskDetail {
  readonly turns: readonly {
    readonly calls: readonly { readonly call: string; readonly result: string }[];
    readonly changes: readonly Change[];
  }[];
}
export interface Missing {
  readonly missing: string;
}
