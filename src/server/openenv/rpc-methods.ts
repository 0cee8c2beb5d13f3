import type { ServerContext } from "../context.ts";
import type { SessionObservation } from "../session/reply.ts";
import type { Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import { parseFrame } from "../wire/parse-frame.ts";
import { type EpisodeStream, episodeStream, inThrowAwaySession } from "./episode-stream.ts";
import { openEnvCodes, rpcCodes } from "./error-codes.ts";
import { RpcError, type RpcResponse, readRpcRequest, rpcError, rpcResult } from "./json-rpc.ts";
import { logFailure } from "./log-failure.ts";
import { pendingClose } from "./pending-close.ts";

/** The answer to a frame of `/mcp`; whatever is wrong with it is said in the answer. `own` is the session of a socket. */
export function answerRpcText(text: string, context: ServerContext, own?: Session): RpcResponse {
  let value: unknown;
  try {
    value = parseFrame(text);
  } catch (error) {
    return rpcError(null, new RpcError(rpcCodes.parseError, `Parse error: ${(error as Error).message}`));
  }
  return answerRpc(value, context, own);
}

export function answerRpc(value: unknown, context: ServerContext, own?: Session): RpcResponse {
  let id: RpcResponse["id"] = null;
  try {
    const request = readRpcRequest(value);
    id = request.id;
    return rpcResult(id, call(request.method, request.params, context, own));
  } catch (error) {
    return rpcError(id, asRpcError(error, context));
  }
}

/** An error of this code is told to the operator, and to no client. */
export function asRpcError(error: unknown, { log }: ServerContext): RpcError {
  if (error instanceof RpcError) return error;
  if (error instanceof SessionError) {
    const { active, max } = error.details;
    const data = error.code === "capacity" ? { active_sessions: active, max_sessions: max } : undefined;
    return new RpcError(openEnvCodes[error.code].rpc, error.message, data);
  }
  logFailure(log, "mcp", error);
  return new RpcError(rpcCodes.internalError, "the server failed at this request");
}

type Params = Readonly<Record<string, unknown>>;

function call(method: string, params: Params, context: ServerContext, own: Session | undefined): unknown {
  switch (method) {
    case "tools/list":
      return inSession(params, context, own, (stream) => ({ tools: stream.tools().map(listed) }));
    case "tools/call":
      return inSession(params, context, own, (stream) => called(params, stream));
    case "openenv/session/create":
      return { session_id: (own ?? context.table.create()).id };
    case "openenv/session/close":
      return closeSession(params, context, own);
    default:
      throw new RpcError(rpcCodes.methodNotFound, `Method not found: ${method.slice(0, 100)}`);
  }
}

const listed = ({ function: { name, description, parameters } }: ReturnType<EpisodeStream["tools"]>[number]) => ({
  ...{ name, description, inputSchema: parameters },
});

/** In the socket's own session, the one that is named, or else one of its own for this request. */
function inSession<Result>(
  params: Params,
  { table }: ServerContext,
  own: Session | undefined,
  use: (stream: EpisodeStream) => Result,
): Result {
  const id = sessionId(params);
  if (own && id !== undefined && id !== own.id)
    throw new RpcError(rpcCodes.invalidParams, "session_id: this connection has a session of its own; leave it out");
  if (own) return use(episodeStream(own));
  return id === undefined ? inThrowAwaySession(table, use) : use(episodeStream(table.get(id)));
}

function sessionId({ session_id: id }: Params): string | undefined {
  if (id === undefined || id === null || id === "") return undefined;
  if (typeof id === "string") return id;
  throw new RpcError(rpcCodes.invalidParams, "session_id: must be a string");
}

/** A failed call is the request's error, as it is of OpenEnv's own server; its message is all that the model should read. */
function called({ name, arguments: given }: Params, stream: EpisodeStream): unknown {
  if (typeof name !== "string" || name === "")
    throw new RpcError(rpcCodes.invalidParams, "Missing 'name' in params: the name of a tool");
  const { observation } = stream.stepWithoutReset({ type: "call_tool", tool_name: name, arguments: given ?? {} });
  const { result, error } = observation as unknown as Extract<SessionObservation, { readonly tool_name: string }>;
  if (error) {
    const code = error.error_type === "execution_error" ? rpcCodes.internalError : rpcCodes.invalidParams;
    throw new RpcError(code, error.message, { error_type: error.error_type });
  }
  return {
    ...{ data: result, content: [{ type: "text", text: result }] },
    ...{ structured_content: { result }, meta: null, is_error: false },
  };
}

function closeSession(params: Params, { table }: ServerContext, own: Session | undefined): unknown {
  const id = sessionId(params);
  if (id === undefined) throw new RpcError(rpcCodes.invalidParams, "Invalid params - 'session_id' is required");
  if (id === own?.id)
    throw new RpcError(
      rpcCodes.invalidRequest,
      "Cannot close active WebSocket-managed session via MCP method: close the connection",
    );
  if (table.isAttached(id)) {
    pendingClose.add(table.get(id));
    return { session_id: id, closed: false, closing: true };
  }
  table.get(id);
  table.close(id);
  return { session_id: id, closed: true };
}
