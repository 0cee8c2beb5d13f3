/**
 * How one recorded step came out: `equal`; `refused` (envtune turned the call down, state untouched); `bydesign` (a cause that
 * docs/fidelity.md lists); `different`; or `skipped`, because nothing after a refusal can be compared, or the recording says so.
 */
export type Judgement = "equal" | "refused" | "bydesign" | "different" | "skipped";
export const judgements: readonly Judgement[] = ["equal", "refused", "bydesign", "different", "skipped"];

export interface Difference {
  readonly where: string;
  readonly call: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a file's replay adds up to. */
export interface Tally {
  readonly counts: Record<Judgement, number>;
  /** The same by kind of call. */
  readonly kinds: Map<string, Record<Judgement, number>>;
  /** How often each by-design cause was met. */
  readonly causes: Map<string, number>;
  readonly differences: Difference[];
  verdicts: number;
  verdictsEqual: number;
  /** Recorded sequences in which every step compared equal. */
  sequences: number;
  sequencesEqual: number;
}

const noCounts = (): Record<Judgement, number> => ({
  equal: 0,
  refused: 0,
  bydesign: 0,
  different: 0,
  skipped: 0,
});

export function newTally(): Tally {
  return {
    counts: noCounts(),
    kinds: new Map(),
    causes: new Map(),
    differences: [],
    verdicts: 0,
    verdictsEqual: 0,
    sequences: 0,
    sequencesEqual: 0,
  };
}

export function count(tally: Tally, kind: string, judgement: Judgement, cause?: string): void {
  tally.counts[judgement]++;
  const kinds = tally.kinds.get(kind) ?? noCounts();
  kinds[judgement]++;
  tally.kinds.set(kind, kinds);
  if (cause !== undefined) tally.causes.set(cause, (tally.causes.get(cause) ?? 0) + 1);
}

export const compared = ({ counts }: Tally): number =>
  counts.equal + counts.refused + counts.bydesign + counts.different;
