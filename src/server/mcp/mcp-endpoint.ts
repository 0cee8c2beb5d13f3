import type { SessionEvent } from "../session/session-event.ts";
import type { SessionTable } from "../session/session-table.ts";
import { callTool } from "./call-tool.ts";
import { listTools } from "./list-tools.ts";
import { type McpConnection, openConnection } from "./mcp-connection.ts";
import { protocolError } from "./protocol-error.ts";
import { readPost } from "./read-post.ts";

/** MCP clients of one session at most; one more takes the place of the one that was silent for the longest. */
export const maxConnections = 16;

/** An MCP server for each session: `/sessions/{id}/mcp`, Streamable HTTP. */
export interface McpEndpoint {
  handle(session: string, request: Request): Promise<Response>;
  /** Told of everything that happens to sessions, so that a client hears of tools which others than itself have changed. */
  observe(event: SessionEvent): void;
  /** MCP clients that are connected, of all sessions. */
  readonly connections: number;
}

/** Connections live as long as their session at most: closing it, by whomever, ends them. */
export function createMcpEndpoint(table: SessionTable): McpEndpoint {
  const sessions = new Map<string, Map<string, McpConnection>>();
  /** The one whose call is being executed. */
  let calling: McpConnection | undefined;

  /** Undefined where the session is not there any more. */
  function connectionsOf(session: string): Map<string, McpConnection> | undefined {
    const known = sessions.get(session);
    if (known || !table.find(session)) return known;
    const connections = new Map<string, McpConnection>();
    sessions.set(session, connections);
    table.onClose(session, () => {
      sessions.delete(session);
      for (const connection of connections.values()) connection.close();
    });
    return connections;
  }

  async function connect(session: string): Promise<McpConnection> {
    const connection = await openConnection({
      listTools: () => listTools(table.get(session)),
      callTool(name, argumentsText) {
        calling = connection;
        try {
          return callTool(table.get(session), name, argumentsText);
        } finally {
          calling = undefined;
        }
      },
      onOpen(id) {
        const connections = connectionsOf(session);
        // Closed since the request was received: the SDK answers that it is not there.
        if (!connections) return connection.close();
        connections.set(id, connection);
        const [eldest] = connections.values();
        if (connections.size > maxConnections) eldest!.close();
      },
      onClose: (id) => sessions.get(session)?.delete(id),
    });
    return connection;
  }

  return {
    async handle(session, request) {
      if (!table.find(session))
        return protocolError(404, -32001, "Session not found: it was closed, was idle for too long, or never was");
      const id = request.headers.get("mcp-session-id");
      const connections = sessions.get(session);
      const known = id === null ? undefined : connections?.get(id);
      if (id !== null && !known)
        return protocolError(404, -32001, "Session not found: this MCP connection was closed; initialize another");
      if (known) {
        // The order of the map is the order in which they last spoke.
        connections!.delete(id!);
        connections!.set(id!, known);
      }
      const post = request.method === "POST" ? await readPost(request) : undefined;
      if (post instanceof Response) return post;
      return (known ?? (await connect(session))).handle(request, post);
    },
    observe(event) {
      const hasNewTools = event.kind === "reset" || (event.kind === "stepped" && event.reply.observation.tools);
      if (!hasNewTools) return;
      for (const connection of sessions.get(event.session)?.values() ?? [])
        if (connection !== calling) connection.announceTools();
    },
    get connections() {
      return [...sessions.values()].reduce((sum, { size }) => sum + size, 0);
    },
  };
}
