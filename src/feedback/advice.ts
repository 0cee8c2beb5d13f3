/**
 * What an author has to say about a failure, from the least to the most. A level shows its own sentences after those of the
 * levels below it, so each field says only what is new.
 */
export interface Advice {
  /** Level `diagnose`: the rule that was broken and what is true now. All unmet conditions at once, no next step. */
  readonly diagnose: string;
  /** Level `guide`: which kind of step leads on, without naming a tool. */
  readonly guide: string;
  /** Level `direct`: names the tools to call; shown only while all of `tools` are offered. */
  readonly direct: string;
  /** The conditions that are unmet, in the words in which `diagnose` says them. */
  readonly unmet?: readonly string[];
  /** The argument to change, named in `diagnose` or `guide`. */
  readonly argument?: string;
  /** At most three values worth trying for `argument`, written out in `guide` (or earlier). */
  readonly values?: readonly unknown[];
  /** The tools that `direct` names, in the order in which to call them. */
  readonly tools?: readonly string[];
  /** What `tools` returned before does not show what is needed: they are to be called anew. */
  readonly anew?: boolean;
}

/** Says why a failure has no hint. */
export interface Silence {
  readonly silent: string;
}
export const silent = (why: string): Silence => ({ silent: why });
export const isSilence = (value: object): value is Silence => "silent" in value;
