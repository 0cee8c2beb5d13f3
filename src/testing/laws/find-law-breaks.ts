import fc from "fast-check";
import type { Environment } from "../../core/environment.ts";
import { checkOptions } from "./check-options.ts";
import { examine } from "./examine.ts";
import type { Finding, LawBreak, LawReport } from "./law.ts";
import type { LawOptions } from "./law-options.ts";
import { type DrawnProgram, programsOf } from "./program.ts";
import { Reach, reachFindings } from "./reach.ts";
import { schemaFindings } from "./schema-laws.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** After so many different breaks there is enough to do. */
const mostBreaks = 12;

/**
 * Runs random programs of calls against an environment and reports every law that does not hold, each with the tool, the
 * shortest program found, and the seed and path that bring it back. Needs no test runner. Throws only where nothing can be run:
 * the config is refused, or an option names what is not there.
 *
 * Of a program, every step is looked at as it is made (throws, purity, types, JSON, frozen, schema, invariants; a state that did
 * not change is not looked at again). Then the program is replayed from a new `init` under another clock with each changed state
 * sent through JSON, and forked at one drawn step; states are compared by hash at its end.
 */
export function findLawBreaks<C>(environment: Environment<any, any, C>, options: LawOptions<C>): LawReport {
  const whole = environment as Environment;
  checkOptions(whole, options);
  const { runs = 500, maxCalls = 50, seed = 1, path, unreached = [] } = options;
  const subject = subjectOf(whole, options);
  const programs = programsOf(whole, subject.starts.length, maxCalls);
  let reach = new Reach(whole);
  const breaks: LawBreak[] = [];
  const whereless = (finding: Finding): LawBreak => ({ ...finding, program: [], start: 0, seed, path: "" });
  if (path === undefined) breaks.push(...schemaFindings(whole).map(whereless));
  const known = new Set<string>();
  const unmet = () => {
    // A tool that throws has answered nothing yet.
    const throwing = new Set(breaks.filter(({ law }) => law === "total").map(({ tool }) => tool));
    return reachFindings(whole, reach, unreached).filter(({ tool }) => !throwing.has(tool));
  };
  while (known.size < mostBreaks) {
    reach = new Reach(whole);
    const found = search(subject, programs, { runs, seed, path, known, reach });
    if (!found) break;
    known.add(nameOf(found));
    breaks.push(found);
  }
  // Only a search that nothing ended has seen all programs; where none got beyond its first state, nothing says what it would meet.
  if (path === undefined && known.size < mostBreaks && reach.calls > 0) breaks.push(...unmet().map(whereless));
  const { reached, programs: count, calls } = reach;
  return { ok: breaks.length === 0, breaks, reached, programs: count, calls, seed };
}

const nameOf = ({ law, tool = "" }: Finding): string => `${law} ${tool}`;

interface Search {
  readonly runs: number;
  readonly seed: number;
  readonly path: string | undefined;
  /** Breaks that are known already. */
  readonly known: ReadonlySet<string>;
  readonly reach: Reach;
}

/** The next break that is not known yet, with the shortest program that shows it. */
function search(subject: Subject, programs: fc.Arbitrary<DrawnProgram>, options: Search): LawBreak | undefined {
  const { runs, seed, path, known, reach } = options;
  const isNew = (finding: Finding | undefined) => finding !== undefined && !known.has(nameOf(finding));
  // What breaks a law by chance may not do so again: the shortest program is the last that did.
  let latest: Omit<LawBreak, "seed" | "path"> | undefined;
  const details = fc.check(
    fc.property(programs, (program) => {
      const { walk, finding } = examine(subject, program);
      reach.add(walk);
      if (!isNew(finding)) return true;
      latest = { ...finding!, program: walk.calls, start: program.start };
      return false;
    }),
    { seed, numRuns: path === undefined ? runs : 1, ...(path === undefined ? {} : { path, endOnFailure: true }) },
  );
  // What the laws themselves did not expect must not pass for a law that holds.
  if (!latest && details.failed) throw details.errorInstance;
  return latest && { ...latest, seed, path: details.counterexamplePath ?? "" };
}
