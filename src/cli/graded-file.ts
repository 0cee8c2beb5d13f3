import { readFileSync } from "node:fs";
import type { Environment } from "../core/environment.ts";
import { type Grade, grade, inferenceError } from "../grading/grade.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import type { Profile } from "../grading/profile.ts";
import { decodeResult, ResultEntry } from "../grading/result-file.ts";
import type { GradedEntry } from "../grading/summary.ts";
import { gradeTrace, Trace } from "../rollout/trace.ts";
import { issueProblems, shortly } from "../task/issue.ts";
import { readJsonLines } from "../task/json-lines.ts";
import { DataError, type Problem, pathText } from "../task/problem.ts";
import type { TaskSet } from "./dataset.ts";

/**
 * Grades every line of a file: entries of BFCL's result files and envtune's traces, told apart by their content. Throws a
 * `DataError` that lists every line it cannot use.
 */
export function gradeFile(
  path: string,
  dataset: TaskSet,
  environmentOf: (names: readonly string[]) => Environment,
  profile: Profile,
): GradedEntry[] {
  const problems: Problem[] = [];
  const tasks = new Map(dataset.tasks.map((task) => [task.id, task]));
  const truths = new Map<string, GroundTruth>();
  const lineOf = new Map<string, number>();
  const truthOf = (id: string): GroundTruth | undefined => {
    const task = tasks.get(id);
    if (task && !truths.has(id))
      truths.set(id, replayGroundTruth(task, environmentOf(task.environments), dataset.extension));
    return truths.get(id);
  };
  const entries = readJsonLines(readFileSync(path, "utf8"), path, problems).flatMap(
    ({ line, value }): GradedEntry[] => {
      const isTrace = typeof value === "object" && value !== null && "turns" in value;
      const parsed = (isTrace ? Trace : ResultEntry).safeParse(value);
      if (!parsed.success) {
        for (const issue of issueProblems(parsed.error.issues, value))
          problems.push({ file: path, line, path: pathText(issue.path), message: issue.message });
        return [];
      }
      const truth = truthOf(parsed.data.id);
      if (!truth) {
        problems.push({ file: path, line, path: "id", message: `the dataset has no task '${parsed.data.id}'` });
        return [];
      }
      const { id, category, family } = truth.task;
      const entry = isTrace ? `${id}, sample ${(parsed.data as Trace).sample}` : id;
      const earlier = lineOf.get(entry);
      if (earlier !== undefined) {
        problems.push({ file: path, line, path: "id", message: `'${entry}' stands in line ${earlier} already` });
        return [];
      }
      lineOf.set(entry, line);
      const graded = isTrace
        ? gradeTrace(truth, parsed.data as Trace, profile)
        : gradeResult(truth, (parsed.data as ResultEntry).result, profile);
      return [{ id, category, family, grade: graded }];
    },
  );
  if (problems.length > 0) throw new DataError(`${path} cannot be graded`, problems);
  return entries;
}

function gradeResult(truth: GroundTruth, result: unknown, profile: Profile): Grade {
  const trajectory = decodeResult(result);
  if (trajectory) return grade(truth, trajectory, profile);
  return inferenceError(truth.task.turns.length, `The result is no list of turns: ${shortly(result)}`);
}
