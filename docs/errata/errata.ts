import type { Task } from "../../src/task/task.ts";
import type { Finding } from "../../src/testing/verify/check.ts";
import type { CheckReport } from "../../src/testing/verify/verify.ts";

/** One defect as docs/bfcl-errata.json has it. */
export interface Erratum {
  readonly check: string;
  readonly task: string;
  readonly turn?: number;
  readonly call?: number;
  readonly tool?: string;
  readonly defect: string;
  /** To be looked at, rather than wrong: it leaves nothing out. */
  readonly remark?: true;
}

/** Of the entries, and not of the environments: those are looked at without a dataset. */
export const errataChecks: readonly string[] = [
  ...["ground-truths", "needed-calls", "needed-turns", "missing", "grounded", "collateral", "own-solutions"],
];

const defects: Readonly<Record<string, string>> = {
  "needed-calls": "a call is not needed",
  "needed-turns": "the turn is vacuous",
  missing: "nothing that is needed is held out",
  grounded: "a value that nothing has shown",
};

/** The defects of a dataset's entries, without their texts: what `verify` finds in its tasks. */
export function errataOf(reports: readonly CheckReport[]): Erratum[] {
  const errata = reports.flatMap(({ name, findings }) => findings.map((finding) => erratum(name, finding)));
  // Several values of one tool are one defect.
  return [...new Map(errata.map((one) => [JSON.stringify(one), one])).values()];
}

function erratum(check: string, { task, turn, call, tool, problem }: Finding): Erratum {
  if (task === undefined) throw new Error(`${check} finds what is no entry's: ${problem}`);
  if (check === "grounded") return { check, task, ...(tool ? { tool } : {}), defect: defects.grounded!, remark: true };
  return {
    ...{ check, task },
    ...(turn === undefined ? {} : { turn }),
    ...(call === undefined ? {} : { call }),
    ...(tool === undefined ? {} : { tool }),
    defect: defects[check] ?? ofGroundTruth(problem),
  };
}

function ofGroundTruth(problem: string): string {
  if (failureOf(problem) !== undefined) return "a call of the ground truth fails";
  const [, profile] = /^the ground truth itself fails under '(\w+)'/.exec(problem) ?? [];
  return profile === undefined ? problem : `the ground truth fails under \`${profile}\``;
}

/** The code of a failing call, out of the finding's words. */
export const failureOf = (problem: string): string | undefined => /^the call fails \((\w+)\)/.exec(problem)?.[1];
/** The argument that nothing has shown. */
export const argumentOf = (problem: string): string => /^(\w+) is /.exec(problem)?.[1] ?? "";

/** `base_113:1.0`: the entry without what all of them begin with, turn and call. */
export const placeOf = ({ task = "", turn, call }: Finding): string =>
  `${task.replace(/^multi_turn_/, "")}${turn === undefined ? "" : `:${turn}`}${call === undefined ? "" : `.${call}`}`;

export const categoryOf = (tasks: readonly Task[]): ((id: string | undefined) => string) => {
  const categories = new Map(tasks.map(({ id, category }) => [id, category]));
  return (id) => categories.get(id ?? "") ?? "";
};
