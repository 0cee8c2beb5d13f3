import type { Reply } from "../session/reply.ts";
import type { Mode } from "../session/reset-options.ts";

/** A reply as OpenEnv's clients take it. What is not for the model stands beside the observation, never in it. */
export interface WireReply {
  readonly observation: Readonly<Record<string, unknown>>;
  readonly reward: number | null;
  readonly done: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const resetReply = (reply: Reply, mode: Mode): WireReply => wireReply(reply, mode === "tools");
export const stepReply = (reply: Reply): WireReply => wireReply(reply, "tool_name" in reply.observation);

/**
 * OpenEnv's MCP client takes every observation with a key `tools` for the answer to `list_tools`, and drops what else it holds;
 * in tools mode the tools that are offered therefore stand under `available_tools`.
 */
function wireReply({ observation, reward, done, metadata }: Reply, renames: boolean): WireReply {
  const shared = { reward, done, metadata: { ...metadata } };
  if (!renames || !("tools" in observation)) return { observation: { ...observation }, ...shared };
  const { tools, ...rest } = observation;
  return { observation: { ...rest, available_tools: tools }, ...shared };
}
