import { forkFinding } from "./fork.ts";
import type { Finding, LawName } from "./law.ts";
import type { DrawnProgram } from "./program.ts";
import { replayFinding } from "./replay.ts";
import { type Subject, told } from "./subject.ts";
import { type Walk, walk } from "./walk.ts";

export interface Examined {
  readonly walk: Walk;
  readonly finding: Finding | undefined;
}

/** Whatever else a program breaks, its first broken law is what the author is told. */
export function examine(subject: Subject, program: DrawnProgram): Examined {
  const run = walk(subject, program);
  const [found] = run.findings;
  if (found) return { walk: run, finding: found };
  const fork = program.fork % (run.calls.length + 1);
  const text = JSON.stringify(run.states[fork]);
  const finding =
    guarded("replayable", () => replayFinding(subject, run, program.start)) ??
    guarded("forkIsolated", () => forkFinding(subject, run, fork));
  if (finding) return { walk: run, finding };
  if (JSON.stringify(run.states[fork]) === text) return { walk: run, finding: undefined };
  const message = `the state after ${fork} calls has changed since`;
  return { walk: run, finding: { law: "persistent", message } };
}

/** A tool that throws only when its calls are made again. */
function guarded(law: LawName, find: () => Finding | undefined): Finding | undefined {
  try {
    return find();
  } catch (error) {
    return { law, message: `what went well the first time throws when it is made again (${told(error)})` };
  }
}
