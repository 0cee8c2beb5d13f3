import { once } from "node:events";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import { type RunningServer, type ServerOptions, startServer } from "../../../src/server/server.ts";
import { bundledCatalog } from "../catalog.ts";

export const catalog = await bundledCatalog();

/** A server of the bundled tasks, until the test ends. */
export async function served(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ catalog, ...options });
  onTestFinished(() => server.close());
  return server;
}

type Message = Readonly<Record<string, any>>;

export interface Client {
  readonly socket: WebSocket;
  /** What comes next, whether or not it was asked for. */
  next(): Promise<Message>;
  /** Sends a frame, JSON unless it is a text already, and waits for the answer. */
  ask(frame: unknown): Promise<Message>;
  /** The code with which the connection ended, or ends. */
  closed(): Promise<number>;
}

export async function connect({ url }: RunningServer, path = "/ws"): Promise<Client> {
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`);
  const come: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else come.push(message);
  });
  const closing = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  socket.on("error", () => {});
  await once(socket, "open");
  const next = () => {
    const message = come.shift();
    return message ? Promise.resolve(message) : new Promise<Message>((resolve) => waiting.push(resolve));
  };
  return {
    socket,
    next,
    ask(frame) {
      socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
      return next();
    },
    closed: () => closing,
  };
}

export async function post(
  { url }: RunningServer,
  path: string,
  body: unknown,
): Promise<{ status: number; body: any }> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

export const rpc = async (server: RunningServer, method: string, params: object = {}, id: unknown = 1) =>
  (await post(server, "/mcp", { jsonrpc: "2.0", method, params, id })).body;

/** Waits for what a connection's end brings about in the server. */
export async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((wake) => setTimeout(wake, 5));
}
