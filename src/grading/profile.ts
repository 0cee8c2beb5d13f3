/** How strictly a trajectory is executed and judged; docs/fidelity.md describes both. */
export interface Profile {
  readonly name: "bfcl" | "strict";
  /** Drop blanks before `(` in call texts, string literals included, as the reference's executor does. */
  readonly collapsesBlanks: boolean;
  /** Refuse tools that are held out at that turn as unknown. */
  readonly hidesHeldOutTools: boolean;
  /** Fail a trajectory that calls anything in a turn whose ground truth is empty. */
  readonly checksIrrelevance: boolean;
  /** Fail a trajectory that uses a tool which the task excludes. */
  readonly heedsExcludedTools: boolean;
  /** Executed steps in one turn beyond which the entry fails, the last turn included; undefined leaves the last turn unchecked. */
  readonly stepLimit: number | undefined;
}

const bfcl: Profile = {
  name: "bfcl",
  collapsesBlanks: true,
  hidesHeldOutTools: false,
  checksIrrelevance: false,
  heedsExcludedTools: false,
  stepLimit: undefined,
};
const strict: Profile = {
  name: "strict",
  collapsesBlanks: false,
  hidesHeldOutTools: true,
  checksIrrelevance: true,
  heedsExcludedTools: true,
  stepLimit: 20,
};

/** `bfcl` judges as the reference does; `strict` switches its defects off as one set. */
export const profiles: Readonly<Record<Profile["name"], Profile>> = { bfcl, strict };
