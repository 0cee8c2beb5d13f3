import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { type WebSocket, WebSocketServer } from "ws";
import packageFile from "../../package.json" with { type: "json" };
import type { Catalog } from "./catalog.ts";
import type { ServerContext } from "./context.ts";
import { controlPlaneRoutes } from "./control-plane/routes.ts";
import { guardedApp } from "./http/app.ts";
import { carriesToken } from "./http/authorization.ts";
import { isForeignPage, isLoopback } from "./http/foreign-page.ts";
import { listen } from "./http/listen.ts";
import { type Log, shortId } from "./log.ts";
import { createMcpEndpoint } from "./mcp/mcp-endpoint.ts";
import { createMetrics } from "./metrics.ts";
import { nemoGymRoutes } from "./nemo-gym/routes.ts";
import { startNemoGym } from "./nemo-gym/second-port.ts";
import { sessionCookie } from "./nemo-gym/session-cookie.ts";
import { openEnvRoutes } from "./openenv/routes.ts";
import { openEnvSocket } from "./openenv/socket.ts";
import type { ResetDefaults } from "./session/reset-options.ts";
import { createSessionTable, type SessionTable, type TableLimits } from "./session/session-table.ts";
import { dropSilentConnections } from "./silent-connections.ts";

export interface ServerOptions {
  readonly catalog: Catalog;
  /** What episodes are like where a client does not say. */
  readonly defaults?: ResetDefaults;
  readonly limits?: Partial<TableLimits>;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** Any free one unless given. */
  readonly port?: number;
  /** Of a second port, on which NeMo Gym's protocol stands at the root; 0 for any free one. None unless given. */
  readonly nemoGymPort?: number;
  /** What requests have to carry: `Authorization: Bearer <token>`. */
  readonly token?: string;
  readonly openEnvMode?: ServerContext["openEnvMode"];
  /** Bytes of a request's body or of a frame at most; 1 MiB unless given. */
  readonly bodyLimit?: number;
  /** Nothing is logged unless given. */
  readonly log?: Log;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly table: SessionTable;
  /** Of the second port, where there is one. */
  readonly nemoGymUrl?: string;
  /** Refuses new episodes, and waits until the sessions there are have been closed, or for so many seconds; then closes. */
  drain(seconds: number): Promise<void>;
  /** Closes all sessions and connections now. */
  close(): Promise<void>;
}

/** What answers the WebSocket connections to one path. */
type SocketHandler = (socket: WebSocket, request: IncomingMessage, context: ServerContext) => void;
const socketHandlers: Readonly<Record<string, SocketHandler>> = { "/ws": openEnvSocket, "/mcp": openEnvSocket };

/** Serves a catalog over all protocols at once. Throws where the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { catalog, defaults = {}, limits = {}, host = "127.0.0.1", port = 0, token, log = () => {} } = options;
  const metrics = createMetrics(() => table);
  const table: SessionTable = createSessionTable({
    ...{ catalog, defaults, limits },
    onEvent(event) {
      metrics.observe(event);
      mcp.observe(event);
      if (event.kind === "created") log("debug", "session created", { session: shortId(event.session) });
      if (event.kind === "closed") log("debug", "session closed", { session: shortId(event.session), why: event.why });
      if (event.kind === "reset")
        log("debug", "episode started", { session: shortId(event.session), task: event.task });
      if (event.kind === "stepped" && event.reply.done) {
        const { task, step_count, total_reward, ending } = event.reply.metadata;
        const facts = { session: shortId(event.session), task, step_count, total_reward, ending: ending?.why };
        // An environment's own error is the author's to see.
        if (ending?.why === "aborted") log("warn", "episode aborted", { ...facts, reason: ending.reason });
        else log("info", "episode ended", facts);
      }
    },
  });
  const mcp = createMcpEndpoint(table);
  const context: ServerContext = {
    ...{ table, metrics, log, host, version: packageFile.version },
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    openEnvMode: options.openEnvMode ?? "simulation",
  };

  const app = guardedApp(context, token, (bare) => bare.use("/nemo-gym/*", sessionCookie));
  app.get("/health", (c) =>
    table.draining ? c.json({ status: "unhealthy", reason: "draining" }, 503) : c.json({ status: "healthy" }),
  );
  app.get("/metrics", async (c) => c.body(await metrics.text(), 200, { "content-type": metrics.contentType }));
  app.route("/", controlPlaneRoutes(context));
  app.all("/sessions/:id/mcp", (c) => mcp.handle(c.req.param("id"), c.req.raw));
  app.route("/nemo-gym", nemoGymRoutes(context));
  // Last, since a catalog's name is the first part of some of its paths.
  app.route("/", openEnvRoutes(context));

  const server = createServer(getRequestListener(app.fetch));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: context.bodyLimit, perMessageDeflate: false });
  const silent = dropSilentConnections(table.limits.idleSeconds);
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const path = pathOf(request);
    const handler = path !== undefined && Object.hasOwn(socketHandlers, path) ? socketHandlers[path] : undefined;
    const refusal = refusalOf(request, handler !== undefined, token, host);
    if (refusal) {
      metrics.request("websocket", refusal.slice(0, 3));
      return refuse(socket, refusal);
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      silent.watch(webSocket, socket as Socket);
      handler!(webSocket, request, context);
    });
  });
  const { nemoGymPort } = options;
  let nemoGym: Awaited<ReturnType<typeof startNemoGym>> | undefined;
  const closeAllElse = async (): Promise<void> => {
    table.shutDown();
    metrics.stop();
    silent.stop();
    await nemoGym?.close();
  };
  const listenOnAll = async () => {
    if (nemoGymPort !== undefined) nemoGym = await startNemoGym(context, token, host, nemoGymPort);
    return listen(server, host, port);
  };
  const { url, port: listening } = await listenOnAll().catch(async (error) => {
    await closeAllElse();
    throw error;
  });
  if (nemoGym) log("info", "NeMo Gym's agents have a port of their own", { url: nemoGym.url });
  if (!isLoopback(host) && token === undefined)
    log("warn", "whoever reaches this address may use the server: it has no token", { host });

  const close = async (): Promise<void> => {
    await closeAllElse();
    for (const socket of sockets.clients) socket.close(1001, "the server is shutting down");
    await new Promise<void>((done) => {
      server.close(() => done());
      // Whoever has not gone by then is dropped.
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, 1000);
      timer.unref();
      server.closeIdleConnections();
    });
  };
  const drain = async (seconds: number): Promise<void> => {
    table.drain();
    log("info", "draining", { active: table.active, seconds });
    const end = performance.now() + 1000 * seconds;
    while (table.active > 0 && performance.now() < end) await new Promise((wake) => setTimeout(wake, 50));
    await close();
  };
  return { url, port: listening, ...(nemoGym ? { nemoGymUrl: nemoGym.url } : {}), table, drain, close };
}

/** Undefined where the request's target is no address, such as `//`. */
function pathOf({ url = "/" }: IncomingMessage): string | undefined {
  const base = "http://localhost";
  return URL.canParse(url, base) ? new URL(url, base).pathname : undefined;
}

/** Why a connection is not upgraded. */
function refusalOf(
  { headers }: IncomingMessage,
  isKnown: boolean,
  token: string | undefined,
  listensOn: string,
): string | undefined {
  if (!isKnown) return "404 Not Found";
  if (token !== undefined && !carriesToken(headers.authorization, token)) return "401 Unauthorized";
  return isForeignPage(headers.origin, headers.host, listensOn) ? "403 Forbidden" : undefined;
}

function refuse(socket: Duplex, status: string): void {
  // The client may never close its side, and the server's own timeouts have let go of the socket.
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
