import type { ToolDefinition } from "../episode/message.ts";
import { calledAfterwards } from "../server/session/next-user-request.ts";
import type { Session } from "../server/session/session.ts";
import { SessionError } from "../server/session/session-error.ts";
import { type AiSdkTools, aiSdkTools } from "./ai-sdk.ts";
import type { CallTool } from "./call-tool.ts";
import { type ResponsesTool, responsesTool } from "./openai-responses.ts";

/** The tools that a session offers now; they change where its task releases some or takes them away. */
export interface SessionToolKit {
  readonly openai: readonly ToolDefinition[];
  readonly openaiResponses: readonly ResponsesTool[];
  readonly aiSdk: AiSdkTools;
  /** A call is a step of the session. After the episode it is a text that says so, since a model may make several calls at once; before a reset it throws. */
  readonly call: CallTool;
}

/**
 * A whole task, in tools mode, for an agent loop in this process: the session has the user's messages, the rewards and the
 * grades, and its tool `next_user_request` ends a turn.
 */
export function toolsOfSession(session: Session): SessionToolKit {
  const call: CallTool = (tool, args) => {
    // As text, which a session reads whatever a loop parsed it into.
    const text = typeof args === "string" ? args : JSON.stringify(args);
    try {
      const { observation } = session.step({ type: "call_tool", tool_name: tool, arguments: text });
      return "result" in observation ? observation.result : "";
    } catch (error) {
      if (error instanceof SessionError && error.code === "episodeOver") return calledAfterwards;
      throw error;
    }
  };
  return {
    get openai() {
      return session.tools();
    },
    get openaiResponses() {
      return session.tools().map(responsesTool);
    },
    get aiSdk() {
      return aiSdkTools(session.tools(), call);
    },
    call,
  };
}
