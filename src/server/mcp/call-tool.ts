import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { calledAfterwards } from "../session/next-user-request.ts";
import type { Reply } from "../session/reply.ts";
import type { Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import { dialogueMode } from "./list-tools.ts";
import { requestError } from "./request-error.ts";

/**
 * A step of the session. What a model can read and learn from is a result, with `isError` where the call failed or where the
 * episode is over; what only the framework can mend (no reset yet, the wrong mode) is thrown as an error of the protocol.
 */
export function callTool(session: Session, name: string, argumentsText: string) {
  try {
    const reply = session.step({ type: "call_tool", tool_name: name, arguments: argumentsText });
    return { result: resultOf(reply), toolsChanged: reply.observation.tools !== undefined };
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    const { code, message } = error;
    if (code === "episodeOver") return { result: failed(calledAfterwards), toolsChanged: false };
    throw requestError(code, code === "wrongMode" ? dialogueMode : message);
  }
}

function resultOf({ observation }: Reply): CallToolResult {
  if (!("result" in observation)) throw new Error("a step in tools mode answers with a result");
  const { result, error } = observation;
  return error ? failed(result) : { content: [{ type: "text", text: result }] };
}

const failed = (text: string): CallToolResult => ({ content: [{ type: "text", text }], isError: true });
