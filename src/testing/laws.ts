import type { Environment } from "../core/environment.ts";
import { breakText } from "./laws/break-text.ts";
import { findLawBreaks } from "./laws/find-law-breaks.ts";
import type { LawOptions } from "./laws/law-options.ts";

export { findLawBreaks } from "./laws/find-law-breaks.ts";
export { type LawBreak, type LawName, type LawReport, laws, type Reached } from "./laws/law.ts";
export type { LawOptions } from "./laws/law-options.ts";

/**
 * Checks the laws that every environment obeys with random programs of calls, in one line of any test. Throws with each broken
 * law, the tool to look at, the shortest program that breaks it, and the seed and path that bring it back.
 */
export function checkLaws<C>(environment: Environment<any, any, C>, options: LawOptions<C>): void {
  const { breaks, programs, calls } = findLawBreaks(environment, options);
  if (breaks.length === 0) return;
  const texts = breaks.map((one) => breakText(environment as Environment, one));
  throw new Error(
    [
      `${environment.name}: ${breaks.length === 1 ? "a law does" : `${breaks.length} laws do`} not hold (${programs} programs, ${calls} calls)`,
      ...texts,
    ].join("\n\n"),
  );
}
