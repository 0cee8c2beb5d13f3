import { decisionText } from "../curriculum/decision.ts";
import type { StepRecord } from "../training/step-record.ts";
import { durationText, percent } from "./figure-text.ts";
import type { DecisionMark, Fact, StageBand } from "./report-data.ts";

/** Which steps each stage took. A stage that is come back to has several bands. */
export function stageBands(records: readonly StepRecord[]): StageBand[] {
  const bands: StageBand[] = [];
  for (const { step, stage, training } of records) {
    const last = bands.at(-1);
    if (last?.stage === stage) bands[bands.length - 1] = { ...last, to: step };
    // A validation before any step starts the stage, and no step of another one lies between.
    else bands.push({ stage, from: training ? (last?.to ?? step) : step, to: step });
  }
  return bands;
}

export const decisionMarks = (records: readonly StepRecord[]): DecisionMark[] =>
  records
    .flatMap(({ decisions }) => decisions)
    .map((decision) => ({ step: decision.step, kind: decision.kind, text: decisionText(decision) }));

/** What a training run came to. */
export function trainingFacts(records: readonly StepRecord[]): Fact[] {
  const last = records.at(-1);
  if (!last) return [];
  const validations = records.flatMap(({ step, validation }) => (validation ? [{ step, ...validation }] : []));
  const best = validations.reduce<(typeof validations)[number] | undefined>(
    (most, each) => (most && most.accuracy >= each.accuracy ? most : each),
    undefined,
  );
  const latest = validations.at(-1);
  const trained = records.flatMap(({ training }) => training ?? []);
  const sum = (figure: (training: (typeof trained)[number]) => number) =>
    trained.reduce((total, training) => total + figure(training), 0);
  const facts: Fact[] = [
    ["steps", String(last.step)],
    ["stopped", stoppedAt(last)],
  ];
  if (latest && best) {
    facts.push(["last accuracy", `${percent(latest.accuracy)} at step ${latest.step}`]);
    facts.push(["best accuracy", `${percent(best.accuracy)} at step ${best.step}`]);
  }
  if (latest?.withHints) facts.push(["hint reliance", signedPercent(latest.withHints.hintReliance)]);
  const reward = trained.at(-1)?.reward;
  if (reward !== undefined) facts.push(["last reward", reward.toFixed(3)]);
  if (trained.length > 0) {
    facts.push(["episodes trained on", sum(({ episodes }) => episodes).toLocaleString("en-US")]);
    facts.push(["tokens sampled", sum(({ tokens }) => tokens.sampled).toLocaleString("en-US")]);
    facts.push(["time", durationText(sum(({ seconds }) => seconds.total))]);
  }
  return facts;
}

function stoppedAt({ step, stage, decisions }: StepRecord): string {
  const end = decisions.findLast(({ kind }) => kind === "finish" || kind === "stop");
  if (!end) return `in '${stage}' at step ${step}, with the curriculum unfinished`;
  return end.kind === "finish" ? `finished the curriculum in '${stage}'` : `by ${end.rule} in '${stage}'`;
}

const signedPercent = (share: number): string => `${share >= 0 ? "+" : "-"}${percent(Math.abs(share))}`;
