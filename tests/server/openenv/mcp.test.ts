import { expect, test } from "vitest";
import { catalog, connect, eventually, post, rpc, served } from "./served.ts";

const create = async (server: Awaited<ReturnType<typeof served>>): Promise<string> =>
  (await rpc(server, "openenv/session/create")).result.session_id;

test("tools are listed without a session, as MCP describes them", async () => {
  const server = await served();
  const { tools } = (await rpc(server, "tools/list")).result;
  expect(tools.map(({ name }: any) => name)).toEqual(expect.arrayContaining(["cd", "add", "next_user_request"]));
  expect(tools[0]).toEqual({
    ...{ name: expect.any(String), description: expect.any(String) },
    inputSchema: expect.objectContaining({ type: "object" }),
  });
  expect(server.table.active).toBe(0);
});

test("a call without a session acts on an episode that is gone afterwards", async () => {
  const server = await served();
  const request = { name: "next_user_request" };
  const [first, second] = [await rpc(server, "tools/call", request), await rpc(server, "tools/call", request)];
  expect(first.result).toEqual({
    data: catalog.tasks[0]!.turns[1]!.user,
    content: [{ type: "text", text: first.result.data }],
    structured_content: { result: first.result.data },
    ...{ meta: null, is_error: false },
  });
  expect(second.result.data).toContain(catalog.tasks[1]!.turns[1]!.user);
  expect(server.table.active).toBe(0);
});

test("a session keeps its episode; its first call starts one in tools mode, since JSON-RPC cannot reset", async () => {
  const server = await served();
  const session_id = await create(server);
  const [task] = catalog.tasks;
  for (const { user } of task!.turns.slice(1))
    expect((await rpc(server, "tools/call", { session_id, name: "next_user_request" })).result.data).toContain(user);
  const over = await rpc(server, "tools/call", { session_id, name: "next_user_request" });
  expect(over.result.data).toContain("The conversation is over");
  const after = await rpc(server, "tools/call", { session_id, name: "next_user_request" });
  expect(after.error).toMatchObject({ code: -32600, message: expect.stringContaining("has ended") });
  expect((await rpc(server, "openenv/session/close", { session_id })).result).toEqual({ session_id, closed: true });
  expect((await rpc(server, "openenv/session/close", { session_id })).error.code).toBe(-32602);
});

test("a failed call is an error whose message is the result's text, hint and all", async () => {
  const server = await served({ defaults: { hints: "guide" } });
  const session_id = await create(server);
  const failed = await rpc(server, "tools/call", { session_id, name: "no_such_tool", arguments: {} });
  expect(failed.error).toMatchObject({ code: -32602, data: { error_type: "tool_not_found" } });
  expect(failed.error.message).toContain("no_such_tool");
  const client = await connect(server, `/ws?session_id=${session_id}`);
  await client.ask({ type: "reset", data: { environments: ["GorillaFileSystem"], mode: "tools" } });
  const missing = await rpc(server, "tools/call", { session_id, name: "cd", arguments: { folder: "attic" } });
  expect(missing.error).toMatchObject({ code: -32603, data: { error_type: "execution_error" } });
  expect(missing.error.message).toContain("attic");
});

test("a session in dialogue mode takes no calls, and says how it would", async () => {
  const server = await served();
  const session_id = await create(server);
  const client = await connect(server, `/ws?session_id=${session_id}`);
  await client.ask({ type: "reset", data: { environments: ["MathAPI"] } });
  const { error } = await rpc(server, "tools/call", { session_id, name: "add", arguments: { a: 1, b: 2 } });
  expect(error).toMatchObject({ code: -32602, message: expect.stringContaining('mode "tools"') });
});

const request = (fields: object) => ({ jsonrpc: "2.0", id: 7, method: "tools/list", ...fields });
const wrong: [string, unknown, number, RegExp][] = [
  ["an empty object", {}, -32600, /jsonrpc: must be "2.0"; method: must be a string/],
  ["another version", request({ jsonrpc: "1.0" }), -32600, /jsonrpc/],
  ["another key", request({ extra: 1 }), -32600, /extra: no such key/],
  ["params in a list", request({ params: [] }), -32600, /params: must be an object/],
  ["an id of a wrong type", request({ id: {} }), -32600, /id: /],
  ["a batch", [request({})], -32600, /one JSON object/],
  ["half of a JSON", '{"jsonrpc": "2.0", "me', -32700, /Parse error/],
  ["nothing", "", -32700, /Parse error/],
  ["10,000 nested lists", "[".repeat(10_000), -32700, /nested deeper/],
  ["an unknown method", request({ method: "initialize" }), -32601, /Method not found: initialize/],
  ["a method that every object has", request({ method: "__proto__" }), -32601, /Method not found/],
  ["a session of a wrong type", request({ params: { session_id: 5 } }), -32602, /session_id: must be a string/],
  ["an unknown session", request({ params: { session_id: "no" } }), -32602, /no such session/],
  ["no tool's name", request({ method: "tools/call" }), -32602, /Missing 'name'/],
  ["a name of a wrong type", request({ method: "tools/call", params: { name: 5 } }), -32602, /Missing 'name'/],
  ["arguments in a list", request({ method: "tools/call", params: { name: "a", arguments: [] } }), -32602, /arguments/],
  ["no session to close", request({ method: "openenv/session/close" }), -32602, /'session_id' is required/],
  [
    "an unknown session to close",
    request({ method: "openenv/session/close", params: { session_id: "no" } }),
    ...([-32602, /no such session/] as const),
  ],
];

test.each(wrong)("over HTTP, %s is answered with status 200 and the error", async (_, body, code, message) => {
  const server = await served();
  const answer = await post(server, "/mcp", body);
  expect(answer).toEqual({
    status: 200,
    body: expect.objectContaining({
      jsonrpc: "2.0",
      error: expect.objectContaining({ code, message: expect.stringMatching(message) }),
    }),
  });
  expect(answer.body.id).toBe(code === -32601 || code === -32602 ? 7 : null);
  expect(server.table.active).toBe(0);
});

test("over a socket of its own, JSON-RPC has a session that lasts as long as the connection", async () => {
  const server = await served();
  const client = await connect(server, "/mcp");
  const ask = (method: string, params: object = {}) => client.ask({ jsonrpc: "2.0", id: 1, method, params });
  const { session_id } = (await ask("openenv/session/create")).result;
  expect(server.table.active).toBe(1);
  expect((await ask("tools/call", { name: "next_user_request" })).result.data).toBe(catalog.tasks[0]!.turns[1]!.user);
  expect((await ask("tools/call", { name: "next_user_request" })).result ?? "").toBeTruthy();
  expect((await ask("openenv/session/close", { session_id })).error.code).toBe(-32600);
  expect((await ask("tools/list", { session_id: "another" })).error.code).toBe(-32602);
  expect((await client.ask('{"jsonrpc')).error.code).toBe(-32700);
  expect((await client.ask("[]")).error.code).toBe(-32600);
  client.socket.terminate();
  await eventually(() => server.table.active === 0);
});
