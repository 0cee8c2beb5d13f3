import type { Reward } from "./reward.ts";
import { executedSnapshots, type Snapshot } from "./snapshot.ts";

/** A situation that a good episode comes to, or that no episode may come to. */
export interface Milestone {
  /** How near a moment of the episode is to it, from 0 to 1. */
  readonly similarity: (snapshot: Snapshot) => number;
  /** Milestones that must not come later than this one. */
  readonly after?: readonly string[];
}

export interface MilestoneGraph {
  readonly milestones: Readonly<Record<string, Milestone>>;
  /** Situations that make the whole episode worthless, as far as one is reached. */
  readonly minefields?: Readonly<Record<string, Milestone["similarity"]>>;
}

/** Beyond this many milestones, trying all orders costs too much. */
const mostMilestones = 16;

/**
 * Scores an episode by the milestones it reaches, in an order that their graph allows: the mean similarity under the best choice of
 * a moment for each, times one minus the worst minefield's similarity (after ToolSandbox, arXiv 2408.04682). Throws where the graph
 * has a cycle, an unknown name, or more milestones than can be placed.
 */
export function milestoneReward(graph: MilestoneGraph, name = "milestones"): Reward {
  const names = Object.keys(graph.milestones);
  const earlier = names.map((one) => predecessors(one, graph));
  checkGraph(names, graph);
  return {
    name,
    range: [0, 1],
    score: (episode) => {
      const snapshots = executedSnapshots(episode);
      const near = names.map((one) => snapshots.map((moment) => share(graph.milestones[one]!.similarity(moment), one)));
      const reached = bestPlacing(near, earlier, snapshots.length) / names.length;
      const mines = Object.entries(graph.minefields ?? {}).map(([one, similarity]) =>
        Math.max(0, ...snapshots.map((moment) => share(similarity(moment), one))),
      );
      const mine = Math.max(0, ...mines);
      return { value: reached * (1 - mine), parts: { milestones: reached, minefield: mine } };
    },
  };
}

function predecessors(name: string, { milestones }: MilestoneGraph): number {
  const names = Object.keys(milestones);
  let mask = 0;
  for (const other of milestones[name]!.after ?? []) {
    const index = names.indexOf(other);
    if (index < 0) throw new Error(`milestone '${name}' comes after '${other}', which is none of ${names.join(", ")}`);
    mask |= 1 << index;
  }
  return mask;
}

function checkGraph(names: readonly string[], { milestones }: MilestoneGraph): void {
  if (names.length === 0) throw new Error("a milestone graph needs at least one milestone");
  if (names.length > mostMilestones)
    throw new Error(`${names.length} milestones are too many to place; join some, ${mostMilestones} are the most`);
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) throw new Error(`milestones go round in a circle: ${[...trail, name].join(" <- ")}`);
    for (const other of milestones[name]!.after ?? []) visit(other, [...trail, name]);
  };
  for (const name of names) visit(name, []);
}

function share(similarity: number, name: string): number {
  if (similarity >= 0 && similarity <= 1) return similarity;
  throw new Error(`'${name}' has a similarity of ${similarity}; give 0 to 1`);
}

/**
 * The greatest sum of similarities over placings in which no milestone lies before one it comes after. `best[set]` is the greatest
 * for exactly the milestones of that set within the moments looked at; a moment may serve several.
 */
function bestPlacing(near: readonly (readonly number[])[], earlier: readonly number[], moments: number): number {
  const best = new Array<number>(1 << near.length).fill(Number.NEGATIVE_INFINITY);
  best[0] = 0;
  for (let moment = 0; moment < moments; moment++)
    for (let set = 0; set < best.length; set++) {
      if (best[set] === Number.NEGATIVE_INFINITY) continue;
      for (let one = 0; one < near.length; one++) {
        if (set & (1 << one) || (earlier[one]! & set) !== earlier[one]) continue;
        const grown = set | (1 << one);
        best[grown] = Math.max(best[grown]!, best[set]! + near[one]![moment]!);
      }
    }
  return Math.max(...best);
}
