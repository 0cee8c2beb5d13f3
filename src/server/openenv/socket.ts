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
  const hold = holdSession(socket, sessionId, context, (error) => {
    const { type, data } = socketError(error, context);
    return { type, data: { ...data, code: closingCodes.has(data.code) ? data.code : "SESSION_ERROR" } };
  });
  if (!hold) return;
  const { session, release } = hold;
  const noBinary = { type: "error", data: { message: "messages are text frames of JSON", code: "SESSION_ERROR" } };
  useSocket(socket, {
    answer(text) {
      const reply = answerMessage(text, session, context);
      context.metrics.request("openenv", reply.type === "error" ? reply.data.code : reply.type);
      return reply.type === "close" ? undefined : JSON.stringify(reply);
    },
    noBinary: JSON.stringify(noBinary),
    onEnd: release,
  });
}

function serveRpc(socket: WebSocket, context: ServerContext): void {
  const hold = holdSession(socket, undefined, context, (error) => rpcError(null, asRpcError(error, context)));
  if (!hold) return;
  const { session, release } = hold;
  useSocket(socket, {
    answer(text) {
      const reply = answerRpcText(text, context, session);
      context.metrics.request("json-rpc", reply.error ? String(reply.error.code) : "result");
      return JSON.stringify(reply);
    },
    noBinary: JSON.stringify(rpcError(null, new RpcError(rpcCodes.parseError, "requests are text frames of JSON"))),
    onEnd: release,
  });
}

interface Hold {
  readonly session: Session;
  /** Lets go of the session, and closes it where it was this connection's own. */
  readonly release: () => void;
}

/** The session of a connection, attached to it; or none, and the client was told why. */
function holdSession(
  socket: WebSocket,
  sessionId: string | undefined,
  { table }: ServerContext,
  refusal: (error: unknown) => object,
): Hold | undefined {
  try {
    const session = table.attach(sessionId ?? table.create().id);
    const forget = table.onClose(session.id, () => {
      // Closed by someone else, such as the control plane: the client reads this as the answer to its next request.
      if (socket.readyState !== socket.OPEN) return;
      sendWaiting();
      socket.send(JSON.stringify(refusal(new SessionError("unknownSession", "the session was closed"))));
      socket.close(table.draining ? 1001 : 1000);
    });
    const release = () => {
      forget();
      table.detach(session.id);
      if (sessionId === undefined || pendingClose.has(session)) table.close(session.id);
    };
    return { session, release };
  } catch (error) {
    socket.on("error", () => socket.terminate());
    socket.send(JSON.stringify(refusal(error)));
    socket.close(1000);
    return undefined;
  }
}
