import type { ToolCall } from "../../src/episode/message.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import { categories, type Task, type TaskCall } from "../../src/task/task.ts";

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

/** Every turn has one call, which fails; where nothing is to be called it ends the turn by itself. */
export function everythingWrong({ turns }: Task): Scripted[] {
  const tools = turns.flatMap(({ groundTruth }) => groundTruth.map(({ tool }) => tool));
  return turns.flatMap(({ groundTruth }): Scripted[] => [
    { calls: [{ tool: groundTruth[0]?.tool ?? tools[0]!, args: { no_such_argument: 1 } }] },
    ...(groundTruth.length > 0 ? [{ say: "Done." }] : []),
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

/** A task with what the model says in it. */
export interface Case {
  readonly task: Task;
  readonly script: readonly Scripted[];
  readonly scriptName: "solved" | "almost" | "wrong";
}

/** The first task of each category, played well, almost well, and badly. */
export function casesOf(tasks: readonly Task[]): readonly Case[] {
  return categories.flatMap((category): Case[] => {
    const task = tasks.find((one) => one.category === category)!;
    return [
      { task, script: solved(task), scriptName: "solved" },
      { task, script: almostSolved(task), scriptName: "almost" },
      { task, script: everythingWrong(task), scriptName: "wrong" },
    ];
  });
}

/** What an episode came to, however it was played. */
export interface Result {
  readonly reward: number;
  readonly turnScores: readonly number[];
  readonly stateHash: string;
  /**
   * What the steps were rewarded with, those left out that were rewarded with nothing: one by one, calls are more steps than
   * the messages they stand in. Undefined where a way to play says nothing of steps.
   */
  readonly rewards?: readonly number[];
}
