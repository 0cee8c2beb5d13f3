import type { Environment } from "../core/environment.ts";
import type { Outcome } from "../core/outcome.ts";
import { execute, isRefusal } from "../python/execute.ts";
import { causeOf, type Mismatch } from "./by-design.ts";
import { isRaised, isRecorded, type RecordedState, type RecordedText, showRecorded } from "./recorded-text.ts";
import { count, type Judgement, type Tally } from "./tally.ts";

export interface RecordedStep {
  readonly call: string;
  readonly result: RecordedText;
  readonly kind: string;
  /** False where the recording itself says that its result depends on chance. */
  readonly compared: boolean;
}
interface Judged {
  readonly judgement: Judgement;
  readonly cause?: string;
}

/**
 * Replays one recorded sequence: each result against its recording, and the state wherever one was recorded. A state that
 * differs is charged to the last step before it. After a refusal of what the reference accepted, after a by-design
 * difference and after a difference, nothing can be compared any more and the rest counts as skipped.
 */
export function replaySequence(
  tally: Tally,
  where: string,
  environment: Environment,
  initial: object,
  steps: readonly RecordedStep[],
  stateAfter: (made: number) => RecordedState | undefined,
): void {
  const tools = new Set(Object.keys(environment.tools));
  let state = initial;
  const made: string[] = [];
  let refusedRaising = false;
  let refusedWriting = false;
  let stopped = false;
  let equal = true;
  const differ = (
    step: number,
    call: string,
    part: Pick<Mismatch, "expected" | "actual" | "of">,
    excusable = true,
  ): Judged => {
    const cause = excusable ? causeOf({ ...part, call, made, refusedRaising, refusedWriting, tools }) : undefined;
    if (cause !== undefined) return { judgement: "bydesign", cause };
    const { expected, actual, of } = part;
    tally.differences.push({ where: `${where} step ${step} (${of})`, call, expected: showRecorded(expected), actual });
    return { judgement: "different" };
  };

  for (const [index, step] of steps.entries()) {
    if (stopped) {
      count(tally, step.kind, "skipped");
      continue;
    }
    const { call, result } = step;
    const executed = execute(environment, state, call);
    const refused = isRefusal(executed.outcome) && !isRecorded(result, executed.text);
    made.push(call);
    refusedRaising ||= refused && isRaised(result);
    refusedWriting ||= refused && isRaised(result) && isWritingExpression(environment, call, executed.outcome);
    let judged: Judged = { judgement: "equal" };
    if (refused && executed.state !== state)
      judged = differ(
        index + 1,
        call,
        { of: "state", expected: "the state before the refused call", actual: "another" },
        false,
      );
    else if (refused) judged = { judgement: "refused" };
    else if (!step.compared) judged = { judgement: "skipped" };
    else if (!isRecorded(result, executed.text))
      judged = differ(index + 1, call, { of: "result", expected: result, actual: executed.text });
    state = executed.state;
    stopped = judged.judgement === "bydesign" || judged.judgement === "different" || (refused && !isRaised(result));

    const recorded = stopped ? undefined : stateAfter(index + 1);
    if (recorded) {
      const difference = stateDifference(environment, state, recorded);
      const broken = brokenInvariant(environment, state);
      if (difference) judged = differ(index + 1, call, { of: "state", ...difference });
      else if (broken) judged = differ(index + 1, call, { of: "state", expected: broken, actual: "broken" }, false);
      stopped = difference !== undefined || broken !== undefined;
      refusedRaising = false;
    }
    count(tally, step.kind, judged.judgement, judged.cause);
    equal &&= judged.judgement === "equal" || (judged.judgement === "skipped" && !stopped);
  }
  tally.sequences++;
  if (equal) tally.sequencesEqual++;
}

/** Whether a text that is no call of literals holds the call of a tool that changes the state: Python runs it first. */
function isWritingExpression(environment: Environment, text: string, outcome: Outcome): boolean {
  if (outcome.ok || outcome.error.code !== "malformedCall") return false;
  return [...text.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].some(([, name]) => environment.tools[name!]?.effect === "write");
}

/** The first environment whose recorded state is not the given one. */
export function stateDifference(
  environment: Environment,
  state: object,
  recorded: RecordedState,
): { expected: RecordedText; actual: string } | undefined {
  for (const [name, expected] of Object.entries(recorded)) {
    const actual = stateText(environment, state, name);
    if (!isRecorded(expected, actual)) return { expected, actual };
  }
  return undefined;
}

/** An invariant that the environment declares and the state breaks. */
function brokenInvariant(environment: Environment, state: object): string | undefined {
  const broken = Object.entries(environment.invariants).find(([, holds]) => !holds(state));
  return broken && `invariant: ${broken[0]}`;
}

/** The state of one environment as the recordings write it: for the file system the working directory is added. */
function stateText(environment: Environment, state: object, name: string): string {
  const part = environment.parts[name]!;
  const own = (state as Record<string, object>)[name]!;
  if (name !== "GorillaFileSystem") return part.canonical(own);
  const { outcome } = part.step(own, { tool: "pwd", args: {} });
  const path = outcome.ok ? (outcome.value as { current_working_directory: string }).current_working_directory : "";
  return part.notation.canonical({ ...part.attributes(own), $pwd: path });
}
