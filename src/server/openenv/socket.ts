import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { ServerContext } from "../context.ts";
import type { Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import { closingCodes, rpcCodes } from "./error-codes.ts";
import { useSocket } from "./guarded-socket.ts";
import { RpcError, rpcError } from "./json-rpc.ts";
import { sendWaiting } from "./outbox.ts";
import { pendingClose } from "./pending-close.ts";
import { answerRpcText, asRpcError } from "./rpc-methods.ts";
import { answerMessage, socketError } from "./socket-messages.ts";

/**
 * Serves an upgraded connection to `/ws` or `/mcp` until it ends. One without `session_id` has a session of its own, which ends
 * with it; `/ws?session_id=` uses a session that was created over HTTP, and lets go of it at the end.
 */
export function openEnvSocket(socket: WebSocket, request: IncomingMessage, context: ServerContext): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "ws://localhost");
  if (pathname === "/mcp") serveRpc(socket, context);
  else serveEpisodes(socket, searchParams.get("session_id") || undefined, context);
}

function serveEpisodes(socket: WebSocket, sessionId: string | undefined, context: ServerContext): void {
  const session = sessionFor(socket, sessionId, context, (error) => {
    const { type, data } = socketError(error, context);
    return { type, data: { ...data, code: closingCodes.has(data.code) ? data.code : "SESSION_ERROR" } };
  });
  if (!session) return;
  const noBinary = { type: "error", data: { message: "messages are text frames of JSON", code: "SESSION_ERROR" } };
  useSocket(socket, {
    answer(text) {
      const reply = answerMessage(text, session, context);
      context.metrics.request("openenv", reply.type === "error" ? reply.data.code : reply.type);
      return reply.type === "close" ? undefined : JSON.stringify(reply);
    },
    noBinary: JSON.stringify(noBinary),
    onEnd: () => release(session, sessionId === undefined, context),
  });
}

function serveRpc(socket: WebSocket, context: ServerContext): void {
  const session = sessionFor(socket, undefined, context, (error) => rpcError(null, asRpcError(error, context)));
  if (!session) return;
  useSocket(socket, {
    answer: (text) => JSON.stringify(answerRpcText(text, context, session)),
    noBinary: JSON.stringify(rpcError(null, new RpcError(rpcCodes.parseError, "requests are text frames of JSON"))),
    onEnd: () => release(session, true, context),
  });
}

/** The session of a connection, attached to it; or none, and the client was told why. */
function sessionFor(
  socket: WebSocket,
  sessionId: string | undefined,
  { table }: ServerContext,
  refusal: (error: unknown) => object,
): Session | undefined {
  try {
    const session = table.attach(sessionId ?? table.create().id);
    table.onClose(session.id, () => {
      // Closed by someone else, such as the control plane: the client reads this as the answer to its next request.
      if (socket.readyState !== socket.OPEN) return;
      sendWaiting();
      socket.send(JSON.stringify(refusal(new SessionError("unknownSession", "the session was closed"))));
      socket.close(table.draining ? 1001 : 1000);
    });
    return session;
  } catch (error) {
    socket.on("error", () => socket.terminate());
    socket.send(JSON.stringify(refusal(error)));
    socket.close(1000);
    return undefined;
  }
}

function release(session: Session, owned: boolean, { table }: ServerContext): void {
  table.detach(session.id);
  if (owned || pendingClose.has(session)) table.close(session.id);
}
