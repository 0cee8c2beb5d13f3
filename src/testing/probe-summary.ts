import { type ClusteredValue, clusterInterval, type Interval, weightedMean } from "../grading/interval.ts";
import { allFailures, failureFrequency } from "./failure-frequencies.ts";
import type { FailureKind } from "./narrowing.ts";
import type { ProbeArm, ProbeRecord } from "./probe-record.ts";

/** What is compared, the second of each pair taken from the first. */
export const comparisons = [
  ["shuffled", "raw"],
  ["diagnose", "raw"],
  ["guide", "raw"],
  ["direct", "raw"],
  ["guide", "shuffled"],
] as const satisfies readonly (readonly [ProbeArm, ProbeArm])[];

export const measures = ["repaired", "passed"] as const;
export type Measure = (typeof measures)[number];

/** A paired difference of two rates, from -1 to 1: the mean over failed calls that both arms continued. */
export interface PairedDifference {
  readonly arm: ProbeArm;
  readonly against: ProbeArm;
  readonly difference: number;
  /** Bootstrapped over families; undefined with fewer than two. */
  readonly interval?: Interval;
  readonly points: number;
}

export interface ProbeRow {
  /** Failed calls continued, and families among them. */
  readonly points: number;
  readonly families: number;
  /** The rate without hints. */
  readonly raw: Readonly<Record<Measure, number>>;
  readonly differences: Readonly<Record<Measure, readonly PairedDifference[]>>;
}

export interface ProbeSummary {
  /** Each failed call counts once. */
  readonly all: ProbeRow;
  /** Each kind of failure counts as often as real models meet it, among those that were met here. */
  readonly weighted: ProbeRow | undefined;
  /** The share of real models' failures that are of a kind met here. */
  readonly covered: number;
  /** By kind of failure, those first that real models meet most; `share` is of all that they meet. */
  readonly kinds: readonly (ProbeRow & FailureKind & { readonly share: number })[];
}

/** The continuations of one failed call: the rate of each arm. */
interface Point extends FailureKind {
  readonly family: string;
  readonly rates: ReadonlyMap<ProbeArm, Readonly<Record<Measure, number>>>;
}

/** Rates and paired differences of a probe; `frequency` says how often real models meet a kind of failure. */
export function summarizeProbe(
  records: readonly ProbeRecord[],
  frequency: (kind: FailureKind) => number = failureFrequency,
  total: number = allFailures,
): ProbeSummary {
  const points = pointsOf(records);
  const kinds = grouped(points);
  const weight = (point: Point) => frequency(point) / kinds.get(kindOf(point))!.length;
  const rows = [...kinds.values()].map((those) => {
    const { tool, code } = those[0]!;
    return { tool, code, share: total > 0 ? frequency(those[0]!) / total : 0, ...rowOf(those, () => 1) };
  });
  rows.sort((a, b) => b.share - a.share || b.points - a.points || (a.tool + a.code < b.tool + b.code ? -1 : 1));
  const known = points.filter((point) => frequency(point) > 0);
  return {
    all: rowOf(points, () => 1),
    weighted: known.length > 0 ? rowOf(known, weight) : undefined,
    covered: rows.reduce((sum, { share }) => sum + share, 0),
    kinds: rows,
  };
}

const kindOf = ({ tool, code }: FailureKind): string => `${tool} ${code}`;

function grouped(points: readonly Point[]): Map<string, Point[]> {
  const groups = new Map<string, Point[]>();
  for (const point of points) groups.set(kindOf(point), [...(groups.get(kindOf(point)) ?? []), point]);
  return groups;
}

function pointsOf(records: readonly ProbeRecord[]): Point[] {
  const points = new Map<string, ProbeRecord[]>();
  for (const record of records) {
    const key = JSON.stringify([record.task, record.turn, record.step, record.said]);
    const known = points.get(key);
    if (known) known.push(record);
    else points.set(key, [record]);
  }
  return [...points.values()].map((those) => {
    const { tool, code, family } = those[0]!;
    const arms = [...new Set(those.map(({ arm }) => arm))];
    const rates = arms.map((arm) => {
      const samples = those.filter((one) => one.arm === arm);
      const rate = (measure: Measure) => samples.filter((one) => one[measure]).length / samples.length;
      return [arm, { repaired: rate("repaired"), passed: rate("passed") }] as const;
    });
    return { tool, code, family, rates: new Map(rates) };
  });
}

function rowOf(points: readonly Point[], weight: (point: Point) => number): ProbeRow {
  const valuesOf = (of: (point: Point) => number | undefined) =>
    points.flatMap((point): ClusteredValue[] => {
      const value = of(point);
      return value === undefined ? [] : [{ cluster: point.family, value, weight: weight(point) }];
    });
  const raw = (measure: Measure) => weightedMean(valuesOf(({ rates }) => rates.get("raw")?.[measure])) ?? 0;
  const differencesIn = (measure: Measure) =>
    comparisons.map(([arm, against]): PairedDifference => {
      const values = valuesOf(({ rates }) => {
        const [first, second] = [rates.get(arm), rates.get(against)];
        return first && second ? first[measure] - second[measure] : undefined;
      });
      const interval = clusterInterval(values);
      const difference = weightedMean(values) ?? 0;
      return { arm, against, difference, ...(interval ? { interval } : {}), points: values.length };
    });
  return {
    points: points.length,
    families: new Set(points.map(({ family }) => family)).size,
    raw: { repaired: raw("repaired"), passed: raw("passed") },
    differences: { repaired: differencesIn("repaired"), passed: differencesIn("passed") },
  };
}
