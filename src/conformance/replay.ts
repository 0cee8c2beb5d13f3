import type { Environment } from "../core/environment.ts";
import { execute, isRefusal } from "../python/execute.ts";
import { causeOf } from "./by-design.ts";
import { isRecorded, type RecordedState, type RecordedText, showRecorded } from "./golden.ts";
import { count, type Judgement, type Tally } from "./tally.ts";

export interface RecordedStep {
  readonly call: string;
  readonly result: RecordedText;
  readonly kind: string;
  /** False where the recording itself says that its result depends on chance. */
  readonly compared: boolean;
}

/**
 * Replays one recorded sequence: each result against its recording, and the state wherever one was recorded. A state that
 * differs is charged to the last step before it. After a refusal of what the reference accepted, and after a by-design
 * difference, nothing can be compared any more and the rest counts as skipped.
 */
export function replaySequence(
  tally: Tally,
  where: string,
  environment: Environment,
  initial: object,
  steps: readonly RecordedStep[],
  stateAfter: (made: number) => RecordedState | undefined,
): void {
  let state = initial;
  let judged: { judgement: Judgement; cause?: string } = { judgement: "equal" };
  let stopped = false;
  let refusedRaising = false;
  let wholeEqual = true;
  for (const [index, step] of steps.entries()) {
    const place = `${where} step ${index + 1}`;
    if (stopped) {
      count(tally, step.kind, "skipped");
      continue;
    }
    const executed = execute(environment, state, step.call);
    state = executed.state;
    const raised = typeof step.result === "string" && step.result.startsWith("Error during execution:");
    const equal = isRecorded(step.result, executed.text);
    if (!equal && isRefusal(executed.outcome)) {
      judged = { judgement: "refused" };
      refusedRaising ||= raised;
      stopped = !raised;
    } else if (!step.compared) {
      judged = { judgement: "skipped" };
    } else if (equal) {
      judged = { judgement: "equal" };
    } else {
      judged = differ(tally, place, step.call, step.result, executed.text, "result", refusedRaising);
    }
    const recorded = stateAfter(index + 1);
    if (recorded && !stopped && judged.judgement !== "bydesign") {
      const difference = stateDifference(environment, state, recorded);
      if (difference)
        judged = differ(tally, place, step.call, difference.expected, difference.actual, "state", refusedRaising);
    }
    count(tally, step.kind, judged.judgement, judged.cause);
    if (judged.judgement === "bydesign" || judged.judgement === "different") stopped = true;
    wholeEqual &&= judged.judgement === "equal";
  }
  tally.sequences++;
  if (wholeEqual) tally.sequencesEqual++;
}

function differ(
  tally: Tally,
  where: string,
  call: string,
  expected: RecordedText,
  actual: string,
  of: "result" | "state",
  refusedRaising: boolean,
): { judgement: Judgement; cause?: string } {
  const cause = causeOf({ call, expected, actual, refusedRaising, of });
  if (cause !== undefined) return { judgement: "bydesign", cause };
  tally.differences.push({ where: `${where} (${of})`, call, expected: showRecorded(expected), actual });
  return { judgement: "different" };
}

/** The first environment whose recorded state is not the given one, or the first invariant that the state breaks. */
export function stateDifference(
  environment: Environment,
  state: object,
  recorded: RecordedState,
): { expected: RecordedText; actual: string } | undefined {
  for (const [name, expected] of Object.entries(recorded)) {
    const actual = recordedText(environment, state, name);
    if (!isRecorded(expected, actual)) return { expected, actual };
  }
  for (const [statement, holds] of Object.entries(environment.invariants))
    if (!holds(state)) return { expected: `invariant: ${statement}`, actual: environment.canonical(state) };
  return undefined;
}

/** The state of one environment as the recordings write it: for the file system the working directory is added. */
function recordedText(environment: Environment, state: object, name: string): string {
  const part = environment.parts[name]!;
  const own = (state as Record<string, object>)[name]!;
  if (name !== "GorillaFileSystem") return part.canonical(own);
  const { outcome } = part.step(own, { tool: "pwd", args: {} });
  const path = outcome.ok ? (outcome.value as { current_working_directory: string }).current_working_directory : "";
  return part.notation.canonical({ ...part.attributes(own), $pwd: path });
}
