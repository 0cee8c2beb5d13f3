import { holds } from "../grading/condition.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Milestone, MilestoneGraph } from "./milestones.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The goals of a task as a graph for `milestoneReward`: what each turn is to reach is one milestone, near by the share of its
 * conditions that hold, and not before those of the turns before it; what a turn must avoid is a minefield while that turn lasts.
 * Throws where no turn of the task has a goal.
 */
export function goalMilestones({ task, environment }: GroundTruth): MilestoneGraph {
  const milestones: Record<string, Milestone> = {};
  const minefields: Record<string, Milestone["similarity"]> = {};
  for (const [turn, { goal }] of task.turns.entries()) {
    if (!goal) continue;
    const { reach, avoid = [] } = goal;
    milestones[`turn ${turn}`] = {
      similarity: (snapshot) =>
        reach.filter((condition) => holds(condition, environment, snapshot)).length / reach.length,
      after: Object.keys(milestones),
    };
    for (const [index, mine] of avoid.entries())
      minefields[`turn ${turn}, avoid ${index}`] = (snapshot: Snapshot) => {
        if (snapshot.turn !== turn) return 0;
        const executions = snapshot.execution ? [snapshot.execution] : [];
        return holds(mine, environment, { state: snapshot.state, executions }) ? 1 : 0;
      };
  }
  if (Object.keys(milestones).length === 0) throw new Error(`${task.id}: no turn has a goal to make milestones of`);
  return { milestones, minefields };
}
