import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Trace } from "../rollout/trace.ts";
import { blockWriter } from "./blocks.ts";
import { taskDetail } from "./replay.ts";
import type { Missing, TaskRow } from "./report-data.ts";

/** The tasks that the episodes are of, each once; a task that is not at hand is what its episodes show of it. */
export function taskTable() {
  const rows: TaskRow[] = [];
  const details: (GroundTruth | Missing)[] = [];
  const indexes = new Map<unknown, number>();
  return {
    rows,
    /** The index of a trace's task. */
    add(trace: Trace, truth: GroundTruth | Missing, source: number): number {
      const isKnown = "task" in truth;
      const key = isKnown ? truth.task : JSON.stringify([source, trace.id, truth.missing]);
      const users = (isKnown ? truth.task : trace).turns.map(({ user }) => user);
      const known = indexes.get(key);
      if (known !== undefined) {
        const row = rows[known]!;
        if (users.length > row.users.length) rows[known] = { ...row, users };
        return known;
      }
      const environments = isKnown ? truth.task.environments : [];
      indexes.set(key, rows.length);
      details.push(truth);
      return rows.push({ id: trace.id, category: trace.category, environments, users }) - 1;
    },
    blocks() {
      const writer = blockWriter();
      for (const truth of details) writer.add("task" in truth ? taskDetail(truth) : truth);
      return writer.close();
    },
  };
}
