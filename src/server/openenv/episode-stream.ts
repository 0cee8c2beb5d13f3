import type { ToolDefinition } from "../../episode/message.ts";
import { nextUserRequestTool } from "../session/next-user-request.ts";
import type { SessionObservation, SessionState } from "../session/reply.ts";
import { listedTool, type Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import type { SessionTable } from "../session/session-table.ts";
import { isObject } from "./problem.ts";
import { resetReply, stepReply, type WireReply } from "./wire-reply.ts";

/** A session as OpenEnv's protocols use it. */
export interface EpisodeStream {
  readonly id: string;
  reset(options: unknown): WireReply;
  step(action: unknown): WireReply;
  /** A step of a client that has no way to reset: where no episode was started, one starts with the server's defaults. */
  stepWithoutReset(action: unknown): WireReply;
  state(): SessionState;
  /** Those offered now; before the first reset all there are, and the one with which tools mode ends a turn. */
  tools(): readonly ToolDefinition[];
}

export function episodeStream(session: Session): EpisodeStream {
  const stream: EpisodeStream = {
    id: session.id,
    reset: (options) => resetReply(session.reset(options), session.mode!),
    step(action) {
      const reply = session.step(withType(action));
      const { observation } = reply;
      if (!isListing(observation) || isPlaying(session)) return stepReply(reply);
      return stepReply({ ...reply, observation: { tools: stream.tools().map(listedTool) } });
    },
    stepWithoutReset(action) {
      try {
        return stream.step(action);
      } catch (error) {
        if (!(error instanceof SessionError) || error.code !== "notReset") throw error;
      }
      stream.reset({ mode: isCall(withType(action)) ? "tools" : "dialogue" });
      return stream.step(action);
    },
    state: () => session.state(),
    tools() {
      const offered = session.tools();
      return isPlaying(session) || offered.includes(nextUserRequestTool) ? offered : [...offered, nextUserRequestTool];
    },
  };
  return stream;
}

const isPlaying = (session: Session): boolean => session.mode !== null;
const isListing = (observation: SessionObservation): boolean =>
  !("messages" in observation) && !("tool_name" in observation);

/** Does something in a session that nobody else sees, and that is gone afterwards. */
export function inThrowAwaySession<Result>(table: SessionTable, use: (stream: EpisodeStream) => Result): Result {
  const session = table.create();
  try {
    return use(episodeStream(session));
  } finally {
    table.close(session.id);
  }
}

/** In OpenEnv's schema of a tool call the type has a default, so clients and models leave it out. */
function withType(action: unknown): unknown {
  return isObject(action) && action.type === undefined && action.tool_name !== undefined
    ? { type: "call_tool", ...action }
    : action;
}

const isCall = (action: unknown): boolean => isObject(action) && action.type === "call_tool";
