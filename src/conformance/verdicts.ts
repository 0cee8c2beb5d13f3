import type { Grade } from "../grading/grade.ts";
import { grade, inferenceError } from "../grading/grade.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { decodeResult } from "../grading/result-file.ts";
import type { Execution } from "../grading/execution.ts";
import type { Trajectory } from "../grading/trajectory.ts";
import { causeOf } from "./by-design.ts";
import { type CheckerRecord, isRecorded, showRecorded, type TraceRecord, type Verdict } from "./golden.ts";
import { count, type Tally } from "./tally.ts";

/** Grades a perturbed trajectory and compares the official verdict, the set of differing attributes and the irrelevance verdict. */
export function judgeChecker(tally: Tally, record: CheckerRecord, truth: GroundTruth): void {
  const where = `${record.id} ${record.variant}`;
  const graded = grade(truth, record.trajectory, profiles.bfcl);
  const expected = {
    ...verdictText(record.checker),
    differences: [...(record.checker.differences ?? [])].sort(),
    irrelevant: record.irrelevance.valid,
  };
  const actual = {
    ...gradeText(graded),
    differences: [...(graded.failure?.differences ?? [])].sort(),
    irrelevant: record.trajectory.every((turn, index) => turn.length === 0 || truth.task.turns[index]!.groundTruth.length > 0),
  };
  const equal = judgeVerdict(tally, where, expected, actual);
  count(tally, record.variant, equal ? "equal" : "different");
}

/** Decodes and grades a real model's output: every result text, then the verdict. */
export function judgeTrace(tally: Tally, record: TraceRecord, truth: GroundTruth): void {
  const where = `${record.id} ${record.source}`;
  const trajectory = decodeResult(record.result);
  const decoded = trajectory ?? [];
  if (trajectory && !sameCalls(decoded, record.calls))
    tally.differences.push({
      where: `${where} (decoded calls)`,
      call: "",
      expected: JSON.stringify(record.calls),
      actual: JSON.stringify(decoded),
    });
  const outcomes = record.outcomes.map((turn) => turn.flat());
  const made = outcomes.map(() => 0);
  let stopped = false;
  const graded = trajectory
    ? grade(truth, trajectory, profiles.bfcl, (execution, turn) => {
        const expected = outcomes[turn]?.[made[turn]!++];
        if (expected === undefined || stopped) return count(tally, "call", "skipped");
        stopped = judgeExecution(tally, `${where} turn ${turn}`, execution, expected);
      })
    : inferenceError(truth.task.turns.length, "");
  judgeVerdict(tally, where, verdictText(record.verdict), gradeText(graded));
}

/** Whether what follows can no longer be compared. */
function judgeExecution(
  tally: Tally,
  where: string,
  { call, text, refused }: Execution,
  expected: TraceRecord["outcomes"][number][number][number],
): boolean {
  if (isRecorded(expected, text)) {
    count(tally, "call", "equal");
    return false;
  }
  if (refused) {
    count(tally, "call", "refused");
    return !(typeof expected === "string" && expected.startsWith("Error during execution:"));
  }
  const cause = causeOf({ call: String(call), expected, actual: text, refusedRaising: false, of: "result" });
  if (cause === undefined)
    tally.differences.push({ where, call: String(call), expected: showRecorded(expected), actual: text });
  count(tally, "call", cause === undefined ? "different" : "bydesign", cause);
  return true;
}

function sameCalls(decoded: Trajectory, recorded: TraceRecord["calls"]): boolean {
  return JSON.stringify(decoded) === JSON.stringify(recorded);
}

const verdictText = ({ valid, error_type }: Verdict) => ({ valid, type: error_type });
const gradeText = ({ valid, failure }: Grade) => ({ valid, type: failure?.type ?? null });

function judgeVerdict(tally: Tally, where: string, expected: object, actual: object): boolean {
  tally.verdicts++;
  const equal = JSON.stringify(expected) === JSON.stringify(actual);
  if (equal) tally.verdictsEqual++;
  else
    tally.differences.push({
      where: `${where} (verdict)`,
      call: "",
      expected: JSON.stringify(expected),
      actual: JSON.stringify(actual),
    });
  return equal;
}
