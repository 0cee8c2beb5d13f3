import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { decodeResult, ResultEntry } from "../grading/result-file.ts";
import { type Trajectory, trajectoryOf } from "../grading/trajectory.ts";
import { playedOfTrace, Trace } from "../rollout/trace.ts";
import { readJsonLines } from "../task/json-lines.ts";
import { DataError, type Problem } from "../task/problem.ts";

/** What a model did with a task. */
export interface PlayedTask {
  readonly id: string;
  readonly trajectory: Trajectory;
}

/**
 * The trajectories in a file of BFCL results, recordings or envtune traces, gzipped or not, one a line; results that are no
 * trajectory are left out. Throws a `DataError` that lists every line it cannot use.
 */
export function playedTrajectories(path: string): PlayedTask[] {
  const problems: Problem[] = [];
  const played = readJsonLines(textOf(path), path, problems).flatMap(({ line, value }): PlayedTask[] => {
    const trace = Trace.safeParse(value);
    if (trace.success) return [{ id: trace.data.id, trajectory: trajectoryOf(playedOfTrace(trace.data)) }];
    const entry = ResultEntry.safeParse(value);
    if (entry.success && "result" in entry.data) {
      const trajectory = decodeResult(entry.data.result);
      return trajectory ? [{ id: entry.data.id, trajectory }] : [];
    }
    problems.push({ file: path, line, message: "neither a trace nor a line of a result file, with 'id' and 'result'" });
    return [];
  });
  if (problems.length > 0) throw new DataError(`${path} cannot be read`, problems);
  return played;
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}
