import type { Call } from "../../core/call.ts";

/** The laws that every environment obeys, and what each says. */
export const laws = {
  total: "no call makes a tool throw, nor its candidates or a check in a schema",
  deterministic: "the same calls from an equal state have the same outcomes and lead to equal states",
  persistent: "a state, once made, never changes, nor does a result",
  pure: "reads, and failures unless their tool says onFailure: 'commit', leave the very state they were given",
  closed: "every state fits the state schema, and the schema names all of it",
  typed: "every value fits its tool's result schema, and the data of every failure fits the failure's",
  serialisable: "states, their public attributes and outcomes are plain JSON",
  forkIsolated: "branches of one state do not see each other, nor what was called before them",
  replayable: "the calls of a program, made again from a new init, lead to a state of the same hash",
  comparable: "equal states compare as equal, and every outcome has a text",
  ensured: "what a tool's `ensures` says holds of every call of it that succeeds",
  invariant: "the invariants that the environment declares hold in every state",
  hintsChangeNothing: "asking for hints changes no outcome and no state",
  everyFailureReached: "every declared failure is met by some program, or listed as unreached",
  everyToolSucceeds: "every tool succeeds in some program",
} as const;
export type LawName = keyof typeof laws;

/** What is wrong, before it is known which is the shortest program that shows it. */
export interface Finding {
  readonly law: LawName;
  readonly tool?: string;
  readonly message: string;
}

/** A law that does not hold, with the shortest program found that shows it. */
export interface LawBreak extends Finding {
  /** The calls to make from `init`; the last one shows it. Empty where the first state does, or no program in particular. */
  readonly program: readonly Call[];
  /** Which of the configs it starts from: 0 is `config`, the next are `alsoFrom`. */
  readonly start: number;
  /** `checkLaws(environment, { ...options, seed, path })` runs this program alone. Empty where no program in particular shows it. */
  readonly seed: number;
  readonly path: string;
}

/** How often each tool succeeded, and met each of its failures. */
export type Reached = Readonly<
  Record<string, { readonly ok: number; readonly failures: Readonly<Record<string, number>> }>
>;

export interface LawReport {
  readonly ok: boolean;
  readonly breaks: readonly LawBreak[];
  readonly reached: Reached;
  readonly programs: number;
  readonly calls: number;
  readonly seed: number;
}
