import type { ProblemKind } from "../../../src/testing/learnability/index.ts";
import type { Planted } from "./planted/planted.ts";

/** What the probe said of one planted environment. */
export interface Probed extends Pick<Planted, "expected" | "half"> {
  readonly name: string;
  /** The kinds of problem that were reported, without what is information alone. */
  readonly reported: readonly ProblemKind[];
}

/** How right it was: with the kind that names the mistake, with some problem, or not. */
export type Verdict = "right kind" | "another kind" | "missed" | "false alarm" | "rightly silent";

export function verdictOn({ expected, reported }: Probed): Verdict {
  if (expected.length === 0) return reported.length === 0 ? "rightly silent" : "false alarm";
  if (reported.length === 0) return "missed";
  return reported.some((kind) => expected.includes(kind)) ? "right kind" : "another kind";
}

/** How many of the bad ones were found, and of the clean ones reported. */
export interface Confusion {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  /** True positives of which the right kind was named. */
  readonly rightKind: number;
}

export function confusionOf(probed: readonly Probed[]): Confusion {
  const verdicts = probed.map(verdictOn);
  const count = (...of: readonly Verdict[]) => verdicts.filter((verdict) => of.includes(verdict)).length;
  return {
    truePositives: count("right kind", "another kind"),
    falseNegatives: count("missed"),
    falsePositives: count("false alarm"),
    trueNegatives: count("rightly silent"),
    rightKind: count("right kind"),
  };
}

/** The table as Markdown, a row for each environment. */
export function confusionRows(probed: readonly Probed[]): string {
  const rows = probed.map((one) => {
    const { name, half, expected, reported } = one;
    return `| ${name} | ${half} | ${expected.join(", ") || "nothing"} | ${reported.join(", ") || "nothing"} | ${verdictOn(one)} |`;
  });
  return ["| environment | half | planted | reported | |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

/** The four counts of each half, of the first two together, and of the fresh ones where any was probed, as Markdown. */
export function confusionTotals(probed: readonly Probed[]): string {
  const fresh = probed.filter(({ half }) => half === "fresh");
  const first = probed.filter(({ half }) => half !== "fresh");
  const groups: Record<string, readonly Probed[]> = {
    ...{
      tuning: first.filter(({ half }) => half === "tuning"),
      reporting: first.filter(({ half }) => half === "reporting"),
    },
    ...{ both: first, ...(fresh.length > 0 ? { fresh } : {}) },
  };
  const rows = Object.entries(groups).map(([half, ofHalf]) => {
    const confusion = confusionOf(ofHalf);
    const { truePositives, falseNegatives, falsePositives, trueNegatives, rightKind } = confusion;
    const bad = truePositives + falseNegatives;
    return `| ${half} | ${truePositives} of ${bad} | ${rightKind} of ${bad} | ${falsePositives} of ${falsePositives + trueNegatives} |`;
  });
  return [
    "| half | bad: some problem reported | bad: the right kind | clean: some problem reported |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
