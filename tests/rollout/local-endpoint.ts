import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Request {
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly messages: readonly any[];
    readonly tools?: readonly any[];
    readonly temperature?: number;
  };
}
export type Answer = (request: Request, response: ServerResponse, count: number) => void;

/** A chat-completions server on a port of its own. */
export async function localEndpoint(answer: Answer) {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { url = "", headers } = request;
    const received = { url, headers, body: text === "" ? {} : JSON.parse(text) };
    requests.push(received);
    answer(received, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

export const completion = (message: unknown) => ({ choices: [{ index: 0, message, finish_reason: "stop" }] });
export const saying = (content: string) => completion({ role: "assistant", content });
export const calling = (...calls: readonly [name: string, text: string][]) =>
  completion({
    role: "assistant",
    content: null,
    tool_calls: calls.map(([name, text], index) => ({
      id: `id${index}`,
      type: "function",
      function: { name, arguments: text },
    })),
  });
