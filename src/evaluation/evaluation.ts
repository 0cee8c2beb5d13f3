import type { RunManifest } from "../rollout/manifest.ts";
import type { GroupComparison } from "./compare-runs.ts";
import type { EvaluationSummary } from "./evaluation-summary.ts";

/** What `evaluation.json` holds: how a model did, and all that the figures depend on. */
export interface Evaluation {
  readonly manifest: RunManifest;
  /** Whether every task was played to its end as often as asked for; aborted episodes are played again by the same command. */
  readonly complete: boolean;
  /** Hints off. */
  readonly groups: readonly EvaluationSummary[];
  /** The same tasks with hints on; `reliance` compares the two, without (A) and with hints (B). */
  readonly hints?: {
    readonly level: string;
    readonly groups: readonly EvaluationSummary[];
    readonly reliance: readonly GroupComparison[];
  };
}
