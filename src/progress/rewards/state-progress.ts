import type { Environment } from "../../core/environment.ts";
import { overlaps, stateChanges } from "../../grading/state-change.ts";
import type { AssessedEpisode } from "../assess.ts";
import type { Reward } from "../reward.ts";
import type { TurnAssessment } from "../turn-assessment.ts";
import { type TurnChanges, turnChanges } from "../turn-changes.ts";

export interface StateProgressOptions {
  /** What one change too many costs, in shares of a turn's requirements (1). */
  readonly collateralWeight?: number;
  /** What it costs, beyond its turn, if all that the task requires is broken as the episode ends (0.5). */
  readonly lateWeight?: number;
  /** Paths that may be changed freely, as in `turnChanges`. */
  readonly allowed?: readonly string[];
}

/**
 * The share of the required changes and outputs of each turn, minus collateral changes, as a mean over turns; then minus the late
 * error: what the model itself made wrong and left so to the end, which a mean over turns hardly punishes. A turn without ground
 * truth is worth 1 if nothing was called. Of a goal, conditions are what is required, and what was stepped on counts as
 * collateral. Outputs are the results of reads; in a turn that requires neither, all its results.
 */
export function stateProgressWith({
  collateralWeight = 1,
  lateWeight = 0.5,
  allowed = [],
}: StateProgressOptions): Reward {
  return {
    name: "stateProgress",
    range: [-lateWeight, 1],
    score: (episode) => {
      const { environment } = episode.truth;
      const changes = episode.turns.map((turn) => turnChanges(environment, turn, allowed));
      const turns = episode.turns.map((turn, index) => {
        if (!turn.ended) return 0;
        if (!turn.needsCalls) return turn.score;
        const { required, achieved, collateral } = changes[index]!;
        const { wanted, found } = outputsOf(turn, episode, required.length === 0);
        const least = required.length + wanted;
        const wrong = collateral.length + (turn.goal?.verdict.steppedOn.length ?? 0);
        // Nothing to change and nothing to look up: the state alone tells.
        if (least === 0) return turn.score;
        return Math.max(0, (achieved.length + found - collateralWeight * wrong) / least);
      });
      const progress = turns.reduce((sum, score) => sum + score, 0) / turns.length;
      const late = lateError(episode, changes);
      return { value: progress - lateWeight * late, turns, parts: { progress, late } };
    },
  };
}

export const stateProgressReward: Reward = stateProgressWith({});

/** How many results had to be looked up, and how many of these were. */
function outputsOf(turn: TurnAssessment, { truth }: AssessedEpisode, requiresNoChange: boolean) {
  if (turn.goal) return { wanted: turn.expected.length, found: turn.expected.length - turn.missing.length };
  const { tools } = truth.environment as Environment;
  const calls = truth.task.turns[turn.turn]!.groundTruth;
  const reads = turn.expected.filter((_, index) => tools[calls[index]!.tool]?.effect === "read");
  const outputs = reads.length === 0 && requiresNoChange ? turn.expected : reads;
  const left = [...turn.missing];
  const missing = outputs.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
  return { wanted: outputs.length, found: outputs.length - missing.length };
}

/** The collateral changes that still stand as the episode ends, as a share of all that the task requires, at most 1. */
function lateError({ truth, turns }: AssessedEpisode, changes: readonly TurnChanges[]): number {
  const last = turns.findLast(({ steps }) => steps.length > 0);
  if (!last) return 0;
  const standing = stateChanges(truth.environment, last.after, last.truthAfter);
  const damage = new Set(changes.flatMap(({ collateral }) => collateral.map(({ path }) => path)));
  const broken = standing.filter(({ path }) => [...damage].some((other) => overlaps(other, path))).length;
  const required = changes.reduce((sum, turn) => sum + turn.required.length, 0);
  return Math.min(1, broken / Math.max(1, required));
}
