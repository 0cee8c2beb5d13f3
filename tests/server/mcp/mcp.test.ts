import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { bundledCatalog } from "../catalog.ts";

const catalog = await bundledCatalog();
const server = await startServer({ catalog, limits: { idleSeconds: 3600 } });
const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
afterAll(() => server.close());

/** A request of the control plane, which no model can make. */
async function control(path: string, body?: unknown, method = "POST", { url }: RunningServer = server) {
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return (await response.json()) as any;
}

const start = (options: object) => control("/sessions", { mode: "tools", ...options });
const mcpUrl = (session: string) => new URL(`${server.url}/sessions/${session}/mcp`);

async function connect(session: string) {
  const client = new Client({ name: "test", version: "1" });
  const changes: number[] = [];
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void changes.push(changes.length));
  const transport = new StreamableHTTPClientTransport(mcpUrl(session));
  await client.connect(transport);
  opened.push(client);
  const names = async () => (await client.listTools()).tools.map(({ name }) => name);
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const result = await client.callTool({ name, arguments: args });
    const [content] = result.content as [{ type: string; text: string }];
    expect(content.type).toBe("text");
    return { text: content.text, isError: result.isError ?? false };
  };
  return { client, transport, changes, names, call };
}

async function raw(session: string, body: string, headers: Record<string, string> = {}, method = "POST") {
  const response = await fetch(mcpUrl(session), {
    method,
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    ...(method === "POST" ? { body } : {}),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const initialize = JSON.stringify({
  ...{ jsonrpc: "2.0", id: 0, method: "initialize" },
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
});

test("an episode is played to its end by tool calls alone, and its reward is to be had from the control plane", async () => {
  const { session_id, observation } = await start({ task: "base_allotment_dues" });
  expect(observation.messages.at(-1).content).toContain("read me north_dues.txt");
  const { client, names, call } = await connect(session_id);
  expect(client.getServerVersion()).toMatchObject({ name: "envtune" });
  expect(await names()).toEqual(expect.arrayContaining(["cd", "cat", "sum_values", "next_user_request"]));
  expect((await call("cd", { folder: "plots" })).isError).toBe(false);
  expect((await call("cat", { file_name: "north_dues.txt" })).text).toContain("Okafor 42.50");
  expect((await call("next_user_request")).text).toContain("Add the three payments up");
  expect((await call("sum_values", { numbers: [42.5, 38.25, 45.75] })).text).toContain("126.5");
  await call("next_user_request");
  await call("touch", { file_name: "totals.txt" });
  await call("echo", { content: "North side paid 126.50 in full", file_name: "totals.txt" });
  expect((await call("next_user_request")).text).toContain("The conversation is over");
  expect(await control(`/sessions/${session_id}/state`, undefined, "GET")).toMatchObject({
    ...{ done: true, total_reward: 1, turn_scores: [1, 1, 1], ending: { why: "completed" } },
  });
  const after = await call("ls");
  expect(after).toEqual({ text: expect.stringContaining("not executed"), isError: true });
  await control(`/sessions/${session_id}/reset`, { task: "base_allotment_dues", mode: "tools" });
  expect((await call("ls")).isError).toBe(false);
});

test("resets, rewards and endings are no tools, and no result or schema names them", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const { client, call } = await connect(session_id);
  const { tools } = await client.listTools();
  for (const name of ["reset", "close", "reward", "state", "list_tools"]) {
    expect(tools.map((tool) => tool.name)).not.toContain(name);
    expect(await call(name)).toMatchObject({ isError: true });
  }
  const result = await client.callTool({ name: "next_user_request", arguments: {} });
  expect(Object.keys(result)).toEqual(["content"]);
  expect(JSON.stringify(result)).not.toMatch(/reward|score/);
});

test("a failed call is an error result that holds the whole text, with its hint", async () => {
  const { session_id } = await start({ task: "base_allotment_dues", hints: "guide" });
  const { call } = await connect(session_id);
  const { observation } = await start({ task: "base_allotment_dues", hints: "guide" }).then((other) =>
    control(`/sessions/${other.session_id}/step`, {
      action: { type: "call_tool", tool_name: "cat", arguments: { file_name: "nowhere.txt" } },
    }),
  );
  expect(observation.error.message).toMatch(/nowhere\.txt/);
  expect(await call("cat", { file_name: "nowhere.txt" })).toEqual({ text: observation.error.message, isError: true });
  expect(await call("no_such_tool")).toMatchObject({ isError: true });
  expect(await call("cat", { wrong: 1 })).toMatchObject({ isError: true });
});

test("whole numbers and fractions reach a tool as they were written", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const opening = await raw(session_id, initialize);
  const id = { "mcp-session-id": opening.headers.get("mcp-session-id")! };
  const call = (numbers: string) =>
    raw(
      session_id,
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"sum_values","arguments":{"numbers":[${numbers}]}}}`,
      id,
    );
  expect((await call("1, 2")).text).toContain(String.raw`{\"result\": 3}`);
  expect((await call("1, 2.0")).text).toContain(String.raw`{\"result\": 3.0}`);
});

test("clients are told when tools are released, whoever made the call", async () => {
  const task = catalog.tasks.find(({ turns }) => turns.some(({ release }) => release?.length))!;
  const turn = task.turns.findIndex(({ release }) => release?.length);
  const released = task.turns[turn]!.release!;
  const { session_id } = await start({ task: task.id });
  const [player, watcher] = [await connect(session_id), await connect(session_id)];
  expect(await player.names()).not.toEqual(expect.arrayContaining(released));
  for (let step = 0; step < turn - 1; step++) await player.call("next_user_request");
  expect(player.changes).toHaveLength(0);
  expect((await player.call("next_user_request")).text).toContain(released[0]);
  expect(player.changes).toHaveLength(1);
  await expect.poll(() => watcher.changes).toHaveLength(1);
  expect(await watcher.names()).toEqual(expect.arrayContaining(released));
  await control(`/sessions/${session_id}/reset`, { task: task.id, mode: "tools" });
  await expect.poll(() => player.changes).toHaveLength(2);
  expect(await player.names()).not.toEqual(expect.arrayContaining(released));
});

test("a session in dialogue mode has no tools to call, and says what to do", async () => {
  const { session_id } = await control("/sessions", { task: "base_allotment_dues", mode: "dialogue" });
  const { names, call } = await connect(session_id);
  await expect(names()).rejects.toMatchObject({ code: -32600, message: expect.stringContaining('mode "tools"') });
  await expect(call("ls")).rejects.toMatchObject({ code: -32600, data: { code: "wrongMode" } });
  await control(`/sessions/${session_id}/reset`, { task: "base_allotment_dues", mode: "tools" });
  expect((await call("ls")).isError).toBe(false);
});

test("before its first reset a session lists every tool, and calls none", async () => {
  const { id } = server.table.create();
  const { names, call } = await connect(id);
  expect(await names()).toEqual(expect.arrayContaining(["cd", "sum_values"]));
  await expect(call("ls")).rejects.toMatchObject({ code: -32600, data: { code: "notReset" } });
});

test("a session that is not there, or no more, is not found, and its MCP connections end with it", async () => {
  expect(await raw("nowhere", initialize)).toMatchObject({
    status: 404,
    text: expect.stringContaining('"code":-32001,"message":"Session not found'),
  });
  const { session_id } = await start({ task: "base_allotment_dues" });
  const { call, transport } = await connect(session_id);
  const listening = await fetch(mcpUrl(session_id), {
    headers: { accept: "text/event-stream", "mcp-session-id": (await opening(session_id)) ?? "" },
  });
  expect(await control(`/sessions/${session_id}`, undefined, "DELETE")).toMatchObject({ closed: true });
  // The stream ends, instead of staying open for ever.
  expect(await listening.text()).toBe("");
  await expect(call("ls")).rejects.toThrow(/Session not found/);
  expect(transport.sessionId).toBeDefined();
});

async function opening(session: string): Promise<string | undefined> {
  return (await raw(session, initialize)).headers.get("mcp-session-id") ?? undefined;
}

test("sessions that idle too long take their MCP connections along", async () => {
  const brief = await startServer({ catalog, limits: { idleSeconds: 0.2 } });
  try {
    const { session_id } = await control("/sessions", { mode: "tools" }, "POST", brief);
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${brief.url}/sessions/${session_id}/mcp`)));
    await expect.poll(() => brief.table.active, { timeout: 5000 }).toBe(0);
    await expect(client.listTools()).rejects.toThrow(/Session not found/);
    await client.close();
  } finally {
    await brief.close();
  }
});

test("a client that ends its connection leaves the session as it is, for another to go on", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const first = await connect(session_id);
  await first.call("cd", { folder: "plots" });
  await first.transport.terminateSession();
  await expect(first.call("ls")).rejects.toThrow();
  const second = await connect(session_id);
  expect((await second.call("ls")).text).toContain("north_dues.txt");
});

test("more clients than a session takes push out the one that was silent for the longest", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const ids: string[] = [];
  for (let count = 0; count < 17; count++) ids.push((await opening(session_id))!);
  const list = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect((await raw(session_id, list, { "mcp-session-id": ids[0]! })).status).toBe(404);
  expect((await raw(session_id, list, { "mcp-session-id": ids[1]! })).status).toBe(200);
  expect((await raw(session_id, list, { "mcp-session-id": ids[16]! })).status).toBe(200);
});

const list = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
const callOf = (params: unknown) => JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
test.each([
  ["truncated JSON", '{"jsonrpc":"2.0","id":1,"meth', {}, 400, "-32700"],
  ["no JSON-RPC", '{"hello":1}', {}, 400, "-32700"],
  ["a number", "5", {}, 400, "-32700"],
  ["nothing", "", {}, 400, "-32700"],
  ["an id of the wrong type", '{"jsonrpc":"2.0","id":{},"method":"tools/list"}', {}, 400, "-32700"],
  ["10,000 nested arrays", "[".repeat(10_000) + "]".repeat(10_000), {}, 400, "-32700"],
  ["101 messages at once", JSON.stringify(Array(101).fill({ jsonrpc: "2.0", method: "x" })), {}, 400, "-32600"],
  ["a method that is none", '{"jsonrpc":"2.0","id":1,"method":"resources/list"}', {}, 200, "-32601"],
  ["a call without a name", callOf({ arguments: {} }), {}, 200, "-32602"],
  ["a call whose arguments are a list", callOf({ name: "ls", arguments: [1] }), {}, 200, "-32602"],
  ["a call whose arguments are a text", callOf({ name: "ls", arguments: "{}" }), {}, 200, "-32602"],
  ["a second initialize", initialize, {}, 400, "-32600"],
  ["a media type that is not JSON", list, { "content-type": "text/plain" }, 415, "content-type"],
  ["an answer that cannot be read", list, { accept: "text/html" }, 406, "-32000"],
  ["a version from nowhere", list, { "mcp-protocol-version": "1999-01-01" }, 400, "-32000"],
  ["a connection that was never opened", list, { "mcp-session-id": "nobody" }, 404, "-32001"],
  ["a page of another site", list, { origin: "http://elsewhere.example" }, 403, "foreignPage"],
])("a frame with %s is refused, and the connection goes on", async (_, body, headers, status, code) => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const id = { "mcp-session-id": (await opening(session_id))! };
  const refused = await raw(session_id, body, { ...id, ...headers });
  expect(refused.status).toBe(status);
  expect(refused.text).toContain(code);
  const going = await raw(session_id, list, id);
  expect(going).toMatchObject({ status: 200, text: expect.stringContaining("next_user_request") });
});

test("requests outside of a connection are refused: list before initialize, PUT, a second stream", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  expect(await raw(session_id, list)).toMatchObject({ status: 400, text: expect.stringContaining("not initialized") });
  expect(await raw(session_id, "", {}, "DELETE")).toMatchObject({ status: 400 });
  expect(await raw(session_id, "", {}, "PUT")).toMatchObject({ status: 405 });
  const { transport } = await connect(session_id);
  const second = () => raw(session_id, "", { "mcp-session-id": transport.sessionId! }, "GET");
  await expect.poll(async () => (await second()).status).toBe(409);
});

test("arguments are found however their key is written", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const id = { "mcp-session-id": (await opening(session_id))! };
  const called = await raw(
    session_id,
    String.raw`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"sum_values","\u0061rguments":{"numbers":[1,2]}}}`,
    id,
  );
  expect(called.text).toContain(String.raw`{\"result\": 3}`);
});

test("two requests of a batch with one id are refused, since each needs an answer of its own", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const id = { "mcp-session-id": (await opening(session_id))! };
  const twice = [callOf({ name: "ls" }), callOf({ name: "cd", arguments: { folder: "plots" } })];
  expect(await raw(session_id, `[${twice}]`, id)).toMatchObject({
    ...{ status: 400, text: expect.stringContaining('"code":-32600') },
  });
  expect((await control(`/sessions/${session_id}/state`, undefined, "GET")).step_count).toBe(0);
});

test("a session that is closed while a client connects is not found", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const found = vi.spyOn(server.table, "find");
  const request = httpRequest(mcpUrl(session_id), {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
      "content-length": initialize.length,
    },
  });
  const answered = new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
  request.write(initialize.slice(0, 10));
  await expect.poll(() => found.mock.calls).toContainEqual([session_id]);
  found.mockRestore();
  await control(`/sessions/${session_id}`, undefined, "DELETE");
  request.end(initialize.slice(10));
  const answer = await answered;
  expect(answer.statusCode).toBe(404);
  expect(await text(answer)).toContain('"code":-32001');
});

test("a body without a length is held to the limit, too", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const refused = await fetch(mcpUrl(session_id), {
    ...{ method: "POST", duplex: "half", body: new Blob(["x".repeat(2_000_000)]).stream() },
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
  } as RequestInit);
  expect(refused.status).toBe(413);
});

test("the server's own limit on bodies is the limit of MCP", async () => {
  const wide = await startServer({ catalog, bodyLimit: 8 * 2 ** 20 });
  try {
    const { id } = wide.table.create();
    const params = { name: "ls", arguments: { padding: "x".repeat(5 * 2 ** 20) } };
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${wide.url}/sessions/${id}/mcp`)));
    await expect(client.callTool(params)).rejects.toMatchObject({ code: -32600, data: { code: "notReset" } });
    await client.close();
  } finally {
    await wide.close();
  }
});

test("a body beyond the limit is refused before it is read", async () => {
  const { session_id } = await start({ task: "base_allotment_dues" });
  const refused = await raw(session_id, callOf({ name: "echo", arguments: { content: "x".repeat(2_000_000) } }));
  expect(refused.status).toBe(413);
});

test("where the server has a token, MCP clients send it", async () => {
  const guarded = await startServer({ catalog, token: "secret" });
  try {
    const session = guarded.table.create();
    const url = new URL(`${guarded.url}/sessions/${session.id}/mcp`);
    const client = new Client({ name: "test", version: "1" });
    await expect(client.connect(new StreamableHTTPClientTransport(url))).rejects.toThrow();
    const requestInit = { headers: { authorization: "Bearer secret" } };
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await client.close();
  } finally {
    await guarded.close();
  }
});
