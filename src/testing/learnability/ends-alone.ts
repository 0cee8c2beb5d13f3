import type { Environment } from "../../core/environment.ts";
import type { Task, TaskCall, TaskTurn } from "../../task/task.ts";
import { clausesOf } from "./text.ts";

/**
 * The task with users who name the ends and not the means: where a call of a turn is there only to make a later one of the turn
 * possible, its clause is left out of the message ("start the engine", not "press the brake pedal, then start the engine"). Ground
 * truth and verdict stay. The same object where no message says one clause a call, or nothing can be left out.
 */
export function endsAlone(task: Task, environment: Environment, extension?: unknown): Task {
  let state: object = environment.init(task.config, task.longContext ? extension : undefined);
  let changed = false;
  const turns = task.turns.map((turn): TaskTurn => {
    const start = state;
    for (const call of turn.groundTruth) state = environment.step(state, call).state;
    const clauses = clausesOf(turn.user);
    if (clauses.length !== turn.groundTruth.length) return turn;
    const kept = clauses.filter((_, at) => !isMeans(environment, start, turn.groundTruth, at));
    if (kept.length === clauses.length || kept.length === 0) return turn;
    changed = true;
    return { ...turn, user: kept.map(asSentence).join(" ") };
  });
  return changed ? { ...task, turns } : task;
}

/** Whether a write changes the state, and a later call of the turn fails without it. */
function isMeans(environment: Environment, start: object, calls: readonly TaskCall[], at: number): boolean {
  const { tool } = calls[at]!;
  if (environment.tools[tool]?.effect !== "write") return false;
  let state = start;
  for (const [index, call] of calls.entries()) {
    if (index === at) continue;
    const step = environment.step(state, call);
    state = step.state;
    if (index > at && !step.outcome.ok) return true;
  }
  return false;
}

function asSentence(clause: string): string {
  const plain = clause.replace(/^(?:Then|After that,|Next,|Finally,|At last,)\s+/u, "");
  const capital = plain[0]!.toUpperCase() + plain.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
