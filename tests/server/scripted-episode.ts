import type { ToolCall } from "../../src/episode/message.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import type { Task, TaskCall } from "../../src/task/task.ts";

/** What a model says, message by message: calls, or words that end the turn. */
export type Scripted = { readonly calls: readonly TaskCall[] } | { readonly say: string };

/** Solves all turns but the last, with a call in the first that fails; the last one it leaves to itself. */
export function almostSolved({ turns }: Task): Scripted[] {
  return turns.flatMap(({ groundTruth }, turn): Scripted[] => [
    ...(turn === 0
      ? [{ calls: [{ tool: groundTruth[0]?.tool ?? "no_such_tool", args: { no_such_argument: 1 } }] }]
      : []),
    ...(groundTruth.length > 0 && turn < turns.length - 1 ? [{ calls: groundTruth }] : []),
    { say: "Done." },
  ]);
}

export function solved({ turns }: Task): Scripted[] {
  return turns.flatMap(({ groundTruth }): Scripted[] => [
    ...(groundTruth.length > 0 ? [{ calls: groundTruth }] : []),
    { say: "Done." },
  ]);
}

/** As a model writes them, which keeps 5 and 5.0 apart. */
export const toolCallsOf = (calls: readonly TaskCall[]): readonly ToolCall[] =>
  calls.length === 0 ? [] : renderers.openai.write(calls).tool_calls!;

/** What an episode came to, however it was played. */
export interface Result {
  readonly reward: number;
  readonly turnScores: readonly number[];
  readonly stateHash: string;
  /** What the steps were rewarded with, those left out that were rewarded with nothing. */
  readonly rewards: readonly number[];
}
