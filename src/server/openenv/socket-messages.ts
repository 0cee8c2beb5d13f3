import type { ServerContext } from "../context.ts";
import type { Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import { FrameError, parseFrame } from "../wire/parse-frame.ts";
import { episodeStream } from "./episode-stream.ts";
import { openEnvCodes, type SocketErrorCode } from "./error-codes.ts";
import { logFailure } from "./log-failure.ts";
import { detailOf, isObject, type Problem, unknownKeys } from "./problem.ts";
import { answerRpc } from "./rpc-methods.ts";

export type SocketReply =
  | { readonly type: "observation" | "state" | "mcp"; readonly data: object }
  | SocketError
  /** Asked for by the client, and not answered. */
  | { readonly type: "close" };
export interface SocketError {
  readonly type: "error";
  readonly data: { readonly message: string; readonly code: SocketErrorCode; readonly [more: string]: unknown };
}

/** The one reply to a text frame on `/ws`. Whatever is wrong with the frame is said in the reply, and nothing is thrown. */
export function answerMessage(text: string, session: Session, context: ServerContext): SocketReply {
  try {
    return answer(parseFrame(text), session, context);
  } catch (error) {
    return socketError(error, context);
  }
}

/** An error of this code is told to the operator, and to no client. */
export function socketError(error: unknown, { log }: ServerContext): SocketError {
  if (error instanceof FrameError) return failed("INVALID_JSON", `Invalid JSON: ${error.message}`);
  if (error instanceof SessionError) {
    const { active, max, errors } = error.details;
    return failed(openEnvCodes[error.code].socket, error.message, {
      ...(error.code === "capacity" ? { active_sessions: active, max_sessions: max } : {}),
      ...(Array.isArray(errors) ? { errors: detailOf(errors.map(problemOf), ["data"]) } : {}),
    });
  }
  logFailure(log, "ws", error);
  return failed("EXECUTION_ERROR", "the server failed at this message");
}

const failed = (code: SocketErrorCode, message: string, more: object = {}): SocketError => ({
  type: "error",
  data: { message, code, ...more },
});

const problemOf = ({ field, message }: { readonly field: string; readonly message: string }): Problem => ({
  path: field === "" ? [] : field.split("."),
  message,
});

/** Whether a message has data: may, must or must not. */
const messages = { reset: "optional", step: "required", mcp: "required", state: "none", close: "none" } as const;

function answer(message: unknown, session: Session, context: ServerContext): SocketReply {
  if (!isObject(message)) return invalid([{ path: [], message: "a message is one JSON object with a type" }]);
  const { type, data } = message;
  if (typeof type !== "string" || !Object.hasOwn(messages, type))
    return failed("UNKNOWN_TYPE", `Unknown message type: ${typeof type === "string" ? type.slice(0, 100) : "none"}`);
  const takesData = messages[type as keyof typeof messages];
  const problems = unknownKeys(message, takesData === "none" ? ["type"] : ["type", "data"]);
  if (takesData === "required" && data === undefined) problems.push({ path: ["data"], message: "missing" });
  if (takesData !== "none" && data !== undefined && !isObject(data))
    problems.push({ path: ["data"], message: "must be an object" });
  if (problems.length > 0) return invalid(problems);
  const stream = episodeStream(session);
  switch (type as keyof typeof messages) {
    case "reset":
      return { type: "observation", data: stream.reset(data) };
    case "step":
      return { type: "observation", data: stream.step(data) };
    case "state":
      return { type: "state", data: stream.state() };
    case "mcp":
      return { type: "mcp", data: answerRpc(data, context, session) };
    case "close":
      return { type: "close" };
  }
}

function invalid(problems: readonly Problem[]): SocketError {
  const lines = problems.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`));
  return failed("VALIDATION_ERROR", `Invalid message: ${lines.join("; ")}`, { errors: detailOf(problems) });
}
