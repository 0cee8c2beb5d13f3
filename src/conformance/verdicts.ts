import type { Grade } from "../grading/grade.ts";
import { grade, inferenceError } from "../grading/grade.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { decodeResult } from "../grading/result-file.ts";
import type { Trajectory } from "../grading/trajectory.ts";
import type { CheckerRecord, TraceRecord, Verdict } from "./golden.ts";
import { isRaised } from "./recorded-text.ts";
import { type RecordedStep, replaySequence } from "./replay.ts";
import { count, type Tally } from "./tally.ts";

/** Grades a perturbed trajectory and compares the official verdict, the set of differing attributes and the irrelevance verdict. */
export function judgeChecker(tally: Tally, record: CheckerRecord, truth: GroundTruth): void {
  const where = `${record.id} ${record.variant}`;
  const graded = grade(truth, record.trajectory, profiles.bfcl);
  const expected = {
    ...verdictText(record.checker),
    environment: /^Model instance for (\w+)/.exec(record.checker.error_message ?? "")?.[1] ?? null,
    differences: [...(record.checker.differences ?? [])].sort(),
    irrelevant: record.irrelevance.valid,
  };
  const actual = {
    ...gradeText(graded),
    environment: graded.failure?.environment ?? null,
    differences: [...(graded.failure?.differences ?? [])].sort(),
    irrelevant: graded.turns.every(({ passed }, turn) => passed || truth.task.turns[turn]!.groundTruth.length > 0),
  };
  const equal = judgeVerdict(tally, where, expected, actual);
  count(tally, record.variant, equal ? "equal" : "different");
}

/** Decodes and grades a real model's output: every result text, then the verdict. */
export function judgeTrace(tally: Tally, record: TraceRecord, truth: GroundTruth): void {
  const where = `${record.id} ${record.source}`;
  const trajectory = decodeResult(record.result);
  if (trajectory) judgeCalls(tally, where, record, truth, trajectory);
  const graded = trajectory
    ? grade(truth, trajectory, profiles.bfcl)
    : inferenceError(truth.task.turns.length, "the result is no list of turns");
  judgeVerdict(tally, where, verdictText(record.verdict), gradeText(graded));
}

/** Replays every decoded call, those of force-terminated trajectories too. */
function judgeCalls(
  tally: Tally,
  where: string,
  record: TraceRecord,
  truth: GroundTruth,
  trajectory: Trajectory,
): void {
  if (JSON.stringify(trajectory) !== JSON.stringify(record.calls)) {
    count(tally, "decoding", "different");
    const [expected, actual] = [JSON.stringify(record.calls), JSON.stringify(trajectory)];
    tally.differences.push({ where: `${where} (decoded calls)`, call: "", expected, actual });
    return;
  }
  const calls = record.calls.flat(2);
  const results = record.outcomes.flat(2);
  const steps = calls.map((call, index): RecordedStep => {
    const result = results[index]!;
    return { call, result, kind: isRaised(result) ? "raising" : "returning", compared: true };
  });
  replaySequence(tally, where, truth.environment, truth.initial, steps, () => undefined);
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
