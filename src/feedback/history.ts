import type { Call } from "../core/call.ts";

/** A call made earlier in the episode. */
export interface PastCall {
  readonly call: Call;
  /** What it returned, as the model read it. */
  readonly text: string;
  /** The code of its failure, where it failed. */
  readonly failure?: string;
  /** How many calls ago: 1 is the call just before. */
  readonly age: number;
}

/** The latest calls of an episode before the failed one, 256 at most, oldest first. */
export type History = readonly PastCall[];

/** The latest call of a tool that succeeded. */
export function lastSuccess(history: History, tool: string): PastCall | undefined {
  return history.findLast(({ call, failure }) => call.tool === tool && failure === undefined);
}

/** How long ago, in words: "1 call ago". */
export const ago = ({ age }: PastCall): string => `${age} call${age === 1 ? "" : "s"} ago`;
