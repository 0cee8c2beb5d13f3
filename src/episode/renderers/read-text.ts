import { faultOfText } from "../fault.ts";
import type { AssistantMessage } from "../message.ts";
import type { Reading } from "../renderer.ts";

/** Reads a message whose calls stand in its text. Such requests offer a server no tools, so native calls are its own making. */
export function readText(message: AssistantMessage, read: (text: string) => Reading): Reading {
  const { content, tool_calls: native = [] } = message;
  if (native.length > 0)
    return {
      calls: [],
      unreadable:
        "the message holds native tool calls, where calls are read from its text (does the server parse calls out of it?)",
      fault: "harness",
    };
  const reading = read(content ?? "");
  const isHarness = reading.unreadable !== undefined && faultOfText(message) === "harness";
  return isHarness ? { ...reading, fault: "harness" } : reading;
}

/** The reading of a message that cannot be read; what it quotes of the message is mended for servers, which want whole characters. */
export const unreadable = (problem: string): Reading => ({ calls: [], unreadable: problem.toWellFormed() });
