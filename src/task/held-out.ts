import type { TaskTurn } from "./task.ts";

/** The tools hidden in a turn, given those hidden in the turn before it. */
export function hiddenIn(turn: TaskTurn, before: ReadonlySet<string>): ReadonlySet<string> {
  if (!turn.holdOut && !turn.release) return before;
  const hidden = new Set([...before, ...(turn.holdOut ?? [])]);
  for (const tool of turn.release ?? []) hidden.delete(tool);
  return hidden;
}

/** The tools hidden in the turn of that index. */
export function hiddenAt(turns: readonly TaskTurn[], index: number): ReadonlySet<string> {
  return turns.slice(0, index + 1).reduce<ReadonlySet<string>>((before, turn) => hiddenIn(turn, before), new Set());
}
