import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import type { Session } from "../session/session.ts";
import { requestError } from "./request-error.ts";

/** The tools offered now; before the first reset, those of every environment. Throws where the session is in dialogue mode. */
export function listTools(session: Session): Tool[] {
  const { mode } = session.state();
  if (mode === "dialogue") throw requestError("wrongMode", dialogueMode);
  return session.tools().map(({ function: { name, description, parameters } }) => ({
    name: String(name),
    description: String(description),
    inputSchema: { ...(parameters as object), type: "object" },
  }));
}

export const dialogueMode = `the session is in mode "dialogue", where a step is a message of the model; reset it with mode "tools"`;
