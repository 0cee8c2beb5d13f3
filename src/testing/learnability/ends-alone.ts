import type { Environment } from "../../core/environment.ts";
import type { Tool } from "../../core/tool.ts";
import { leavesOf } from "../../generate/leaves.ts";
import { words } from "../../generate/noun.ts";
import { inDocument, Readable } from "../../generate/readable.ts";
import { spoken } from "../../generate/wording.ts";
import type { Task, TaskCall, TaskTurn } from "../../task/task.ts";
import { clausesOf } from "./text.ts";

/**
 * The task with users who name the ends and not the means: where a call of a turn is there only to make a later one of the turn
 * possible, its clause is left out of the message ("start the engine", not "press the brake pedal, then start the engine"). Values
 * that nothing else tells are still given, as in "You may need this: user id "USR004"". Ground truth and verdict stay. The same
 * object where no message says one clause a call, or nothing can be left out.
 */
export function endsAlone(task: Task, environment: Environment, extension?: unknown): Task {
  let state: object = environment.init(task.config, task.longContext ? extension : undefined);
  let changed = false;
  const read = new Readable();
  const turns = task.turns.map((turn): TaskTurn => {
    const start = state;
    const clauses = clausesOf(turn.user);
    const isWorded = clauses.length === turn.groundTruth.length;
    const isLeftOut = clauses.map((_, at) => isWorded && isMeans(environment, start, turn.groundTruth, at));
    const kept = clauses.filter((_, at) => !isLeftOut[at]);
    const curt = kept.length > 0 && kept.length < clauses.length;
    if (curt) for (const clause of kept) read.say(clause);
    else read.say(turn.user);
    const values = turn.groundTruth.flatMap((call, at) => {
      const untold = curt && isLeftOut[at] ? untoldOf(call, environment, read) : [];
      const step = environment.step(state, call);
      state = step.state;
      if (step.outcome.ok) read.result(environment.text(call.tool, step.outcome), step.outcome.value);
      return untold;
    });
    if (!curt) return turn;
    changed = true;
    const given = values.length > 0 ? [`You may need this: ${values.join(", ")}.`] : [];
    return { ...turn, user: [...given, ...kept.map(asSentence)].join(" ") };
  });
  return changed ? { ...task, turns } : task;
}

/** Whether a write is there for the state that it leaves: a later call of the turn fails without it, and none takes up what it returns. */
function isMeans(environment: Environment, start: object, calls: readonly TaskCall[], at: number): boolean {
  const { tool, args } = calls[at]!;
  if (environment.tools[tool]?.effect !== "write") return false;
  let state = start;
  for (const call of calls.slice(0, at)) state = environment.step(state, call).state;
  const { outcome } = environment.step(state, calls[at]!);
  const given = new Set(leavesOf(args).map(({ value }) => value));
  const returned = new Set(outcome.ok ? leavesOf(outcome.value).map(({ value }) => value) : []);
  const later = calls.slice(at + 1);
  if (later.some((call) => leavesOf(call.args).some(({ value }) => returned.has(value) && !given.has(value))))
    return false;
  return later.some((call) => {
    const step = environment.step(state, call);
    state = step.state;
    return !step.outcome.ok;
  });
}

/** The arguments of a call that neither what was read by then nor the tool's document names. */
function untoldOf({ tool, args }: TaskCall, environment: Environment, read: Readable): readonly string[] {
  const isTold = (value: string | number) =>
    read.has(value) || inDocument(value, tool, environment.tools[tool] as Tool);
  const untold = Object.entries(args).filter(([, value]) => leavesOf(value).some((leaf) => !isTold(leaf.value)));
  return untold.map(([name, value]) => `${words(name)} ${spoken(value)}`);
}

function asSentence(clause: string): string {
  const plain = clause.replace(/^(?:Then|After that,|Next,|Finally,|At last,)\s+/u, "");
  const capital = plain[0]!.toUpperCase() + plain.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
