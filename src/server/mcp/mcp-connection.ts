import { randomUUID } from "node:crypto";
import type { CallToolResult, Tool } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import packageFile from "../../../package.json" with { type: "json" };
import type { Post } from "./read-post.ts";

/** One MCP client, from its `initialize` to its DELETE or to the end of its session. */
export interface McpConnection {
  handle(request: Request, post: Post | undefined): Promise<Response>;
  /** Sends `notifications/tools/list_changed` to where the client listens, if it does. */
  announceTools(): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly listTools: () => Tool[];
  /** A call, its arguments as JSON text, and whether it has released or withdrawn tools. */
  readonly callTool: (name: string, argumentsText: string) => { result: CallToolResult; toolsChanged: boolean };
  /** Told the id that the client was given. */
  readonly onOpen: (id: string) => void;
  readonly onClose: (id: string) => void;
}

/** The SDK takes a fifth of a second to load, which a server without MCP clients need not spend. */
const load = () =>
  Promise.all([
    import("@modelcontextprotocol/sdk/server/index.js"),
    import("@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"),
  ]);
let loaded: ReturnType<typeof load> | undefined;

/** Looser than the SDK's, whose failure it would call an internal error: it checks a call again, and then says `Invalid params`. */
const ListRequest = z.looseObject({ method: z.literal("tools/list") });
const CallRequest = z.looseObject({ method: z.literal("tools/call"), params: z.unknown() });

export async function openConnection(options: ConnectionOptions): Promise<McpConnection> {
  loaded ??= load();
  const [{ Server }, { WebStandardStreamableHTTPServerTransport }] = await loaded;
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: options.onOpen,
  });
  const server = new Server(
    { name: "envtune", version: packageFile.version },
    // Nothing here checks what a client elicits, so the schema compiler that would is not made.
    { capabilities: { tools: { listChanged: true } }, jsonSchemaValidator: { getValidator: neverAsked } },
  );
  server.setRequestHandler(ListRequest, () => ({ tools: options.listTools() }));
  server.setRequestHandler(CallRequest, async ({ params }, { requestId, sendNotification, authInfo }) => {
    const { argumentTexts } = authInfo!.extra as unknown as Post;
    const argumentsText = argumentTexts.get(requestId) ?? "{}";
    const { result, toolsChanged } = options.callTool((params as { name: string }).name, argumentsText);
    // On the stream of this very answer, before it: a client that listens nowhere else is told as well.
    if (toolsChanged) await sendNotification({ method: "notifications/tools/list_changed" });
    return result;
  });
  server.onclose = () => {
    if (transport.sessionId !== undefined) options.onClose(transport.sessionId);
  };
  await server.connect(transport);
  return {
    handle(request, post) {
      if (!post) return transport.handleRequest(request);
      // The one thing that the SDK hands on to the handlers of a request as it is.
      const authInfo = { token: "", clientId: "", scopes: [], extra: { argumentTexts: post.argumentTexts } };
      return transport.handleRequest(request, { parsedBody: post.body, authInfo });
    },
    announceTools() {
      server.sendToolListChanged().catch(() => {
        // The client has gone in this moment.
      });
    },
    close: () => void transport.close(),
  };
}

const neverAsked = (): never => {
  throw new Error("this server asks clients for nothing");
};
