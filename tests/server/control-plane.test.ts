import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createCatalog } from "../../src/server/catalog.ts";
import { createLog } from "../../src/server/log.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../src/server/server.ts";
import { bundledCatalog } from "./catalog.ts";

const catalog = await bundledCatalog();
const running: RunningServer[] = [];

async function serve(options: Partial<ServerOptions> = {}) {
  const server = await startServer({ catalog, ...options });
  running.push(server);
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text.startsWith("{") ? JSON.parse(text) : text) as any, response };
  };
  return { server, send };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

test("an episode over plain HTTP: start, step, state, reset, close", async () => {
  const { server, send } = await serve();
  const started = await send("POST", "/sessions", { environments: ["MathAPI"], mode: "tools" });
  expect(started).toMatchObject({ status: 201, body: { reward: null, done: false } });
  const path = `/sessions/${started.body.session_id}`;
  const add = { action: { type: "call_tool", tool_name: "add", arguments: { a: 1, b: 2 } }, request_id: "r1" };
  const added = await send("POST", `${path}/step`, add);
  expect(added.body.observation).toMatchObject({ tool_name: "add", error: null, result: expect.stringContaining("3") });
  expect((await send("POST", `${path}/step`, add)).body).toEqual(added.body);
  expect((await send("GET", `${path}/state`)).body).toMatchObject({ step_count: 1, mode: "tools", task: "free-play" });
  expect((await send("POST", `${path}/reset`, { seed: 1 })).body.metadata).toMatchObject({ step_count: 0 });
  expect((await send("DELETE", path)).body).toMatchObject({ closed: true });
  expect(await send("DELETE", path)).toMatchObject({ status: 200, body: { closed: false } });
  expect(await send("GET", `${path}/state`)).toMatchObject({
    status: 404,
    body: { error: { code: "unknownSession" } },
  });
  expect(server.table.active).toBe(0);
});

test("a number keeps its point on the way to a tool", async () => {
  const { send } = await serve();
  const { body } = await send("POST", "/sessions", { environments: ["MathAPI"], mode: "tools" });
  const step = `{"action":{"type":"call_tool","tool_name":"add","arguments":{"a":1.0,"b":2}}}`;
  const { observation } = (await send("POST", `/sessions/${body.session_id}/step`, step)).body;
  expect(observation.result).toContain("3.0");
});

test("tasks are listed without what they hide, and tools by environment", async () => {
  const { send } = await serve();
  const { body } = await send("GET", "/tasks?category=miss_func");
  expect(body.tasks.length).toBeGreaterThan(3);
  expect(Object.keys(body.tasks[0])).toEqual(["id", "family", "category", "environments", "long_context", "turns"]);
  expect((await send("GET", "/tools?environments=MathAPI")).body.tools).toHaveLength(17);
  expect(await send("GET", "/tools?environments=MatAPI")).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining("did you mean 'MathAPI'") } },
  });
  expect((await send("GET", "/tasks?split=nope")).status).toBe(400);
});

const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
test.each([
  ["truncated JSON", '{"seed": 1', 400, "badFrame"],
  ["a list", "[]", 400, "badFrame"],
  ["10,000 nested arrays", deep, 400, "badFrame"],
  ["nested arrays in a field", `{"config": ${deep}}`, 400, "badFrame"],
  ["an unknown option", { taks: "x" }, 400, "badOptions"],
  ["a wrong type", { seed: "one" }, 400, "badOptions"],
  ["a path for a task", { task: "../../../etc/passwd" }, 404, "unknownTask"],
  ["a body too large", `{"task": "${"x".repeat(2_000_000)}"}`, 413, "tooLarge"],
  ["repeated keys beside arguments", '{"a": 1, "a": 2, "arguments": {}}', 400, "badFrame"],
])("%s is refused, and nothing is created", async (_, body, status, code) => {
  const { server, send } = await serve();
  expect(await send("POST", "/sessions", body)).toMatchObject({ status, body: { error: { code } } });
  expect(server.table.active).toBe(0);
  expect((await send("GET", "/health")).body).toEqual({ status: "healthy" });
});

test.each([
  ["no action", {}, 400, "badAction"],
  ["an unknown action", { action: { type: "fly" } }, 400, "badAction"],
  ["an action of the other mode", { action: { type: "message", content: "x" } }, 409, "wrongMode"],
  ["an unknown field", { action: { type: "list_tools" }, why: 1 }, 400, "badAction"],
  ["a wrong type in an action", { action: { type: "call_tool", tool_name: 5 } }, 400, "badAction"],
  ["a step that follows others", { action: { type: "call_tool", tool_name: "add" }, step_count: 3 }, 409, "staleStep"],
])("a step with %s is refused, and the episode stands", async (_, body, status, code) => {
  const { send } = await serve();
  const { body: started } = await send("POST", "/sessions", { environments: ["MathAPI"], mode: "tools" });
  const path = `/sessions/${started.session_id}`;
  expect(await send("POST", `${path}/step`, body)).toMatchObject({ status, body: { error: { code } } });
  expect((await send("GET", `${path}/state`)).body).toMatchObject({ step_count: 0, done: false });
});

test("with a token, all but health asks for it", async () => {
  const { send } = await serve({ token: "s3cret" });
  expect((await send("GET", "/health")).status).toBe(200);
  for (const path of ["/tasks", "/metrics", "/tools", "/nothing"]) {
    const refused = await send("GET", path);
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
    expect(refused.response.headers.get("www-authenticate")).toBe("Bearer");
  }
  for (const header of ["s3cret", "Bearer s3cre", "Bearer ", "Bearer s3cret2", "Basic s3cret"])
    expect((await send("GET", "/tasks", undefined, { authorization: header })).status).toBe(401);
  expect((await send("GET", "/tasks", undefined, { authorization: "Bearer s3cret" })).status).toBe(200);
});

test("a page of another origin gets nothing: no CORS headers, no simple posts", async () => {
  const { server, send } = await serve();
  const { response } = await send("GET", "/tasks", undefined, { origin: "https://evil.example" });
  expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  expect((await send("GET", "/tasks", undefined, { origin: server.url })).status).toBe(200);
  expect((await send("POST", "/sessions", "{}", { "content-type": "text/plain" })).status).toBe(415);
  // No type at all is what a page sends that posts a Blob without one: no browser asks first.
  for (const origin of ["https://evil.example", "null"]) {
    const post = { method: "POST", headers: { origin }, body: new Blob(["{}"]) };
    const refused = await fetch(`${server.url}/sessions`, post);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: "foreignOrigin" } });
  }
  expect(server.table.active).toBe(0);
  expect((await send("POST", "/sessions", {}, { origin: server.url })).status).toBe(201);
});

test("a page whose name was pointed at this machine is another site's, though it names our own host", async () => {
  const { server } = await serve();
  const status = await new Promise((answered) => {
    const headers = { host: `evil.example:${server.port}`, origin: `http://evil.example:${server.port}` };
    request(`${server.url}/sessions`, { method: "POST", headers }, ({ statusCode }) => answered(statusCode)).end("{}");
  });
  expect(status).toBe(403);
  expect(server.table.active).toBe(0);
});

test("a full server says how full it is", async () => {
  const { send } = await serve({ limits: { maxSessions: 1 } });
  await send("POST", "/sessions", {});
  expect(await send("POST", "/sessions", {})).toMatchObject({
    status: 503,
    body: { error: { code: "capacity", active: 1, max: 1 } },
  });
});

test("a client that hangs up in the middle of a body leaves no trace", async () => {
  const { server, send } = await serve();
  await new Promise<void>((gone) => {
    const half = request(`${server.url}/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": "100" },
    });
    half.on("error", () => gone());
    half.write('{"seed":');
    setTimeout(() => half.destroy(), 50);
  });
  expect((await send("GET", "/health")).status).toBe(200);
  expect(server.table.active).toBe(0);
});

test("a server that drains refuses episodes, lets those there end, and is gone", async () => {
  const { server, send } = await serve();
  const { body } = await send("POST", "/sessions", { environments: ["MathAPI"] });
  const drained = server.drain(30);
  expect(await send("GET", "/health")).toMatchObject({ status: 503, body: { status: "unhealthy" } });
  expect(await send("POST", "/sessions", {})).toMatchObject({ status: 503, body: { error: { code: "draining" } } });
  const path = `/sessions/${body.session_id}`;
  expect((await send("POST", `${path}/step`, { action: { type: "message", content: "Done." } })).body.done).toBe(true);
  await send("DELETE", path);
  await drained;
  await expect(send("GET", "/health")).rejects.toThrow();
});

test("metrics count sessions, episodes and requests; logs name no user's words and no whole session id", async () => {
  const lines: string[] = [];
  const { send } = await serve({ log: createLog("debug", (line) => lines.push(line)) });
  const { body } = await send("POST", "/sessions", { environments: ["MathAPI"], user: "my secret wish" });
  await send("POST", `/sessions/${body.session_id}/step`, { action: { type: "message", content: "my secret answer" } });
  const text = (await send("GET", "/metrics")).body as string;
  expect(text).toContain("envtune_sessions_active 1");
  expect(text).toContain('envtune_episodes_ended_total{ending="completed"} 1');
  expect(text).toContain('envtune_requests_total{protocol="http",outcome="201"} 1');
  const log = lines.join("");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["session created", "episode started", "episode ended"]);
  expect(log).not.toContain("secret");
  expect(log).not.toContain(body.session_id);
});

test("a failure of ours is logged with what was asked for, but for the session's id", async () => {
  const lines: string[] = [];
  const broken = createCatalog({
    ...{ name: "broken", tasks: catalog.tasks, environments: ["MathAPI"] },
    environmentOf(names) {
      throw new Error(`no code for ${names}`);
    },
  });
  const { server, send } = await serve({ catalog: broken, log: createLog("error", (line) => lines.push(line)) });
  const { id } = server.table.create();
  const { status, body } = await send("POST", `/sessions/${id}/reset`, { seed: 0 });
  expect([status, body.error.code]).toEqual([500, "internal"]);
  expect(JSON.stringify(body)).not.toContain("no code");
  const [line] = lines.map((text) => JSON.parse(text));
  expect(line).toMatchObject({
    path: `/sessions/${id.slice(0, 8)}/reset`,
    message: expect.stringContaining("no code"),
  });
  expect(lines.join("")).not.toContain(id);
});

test("a connection that is not upgraded is closed by the server, whatever the client does, and counted", async () => {
  const { server, send } = await serve();
  const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
  socket.write("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  socket.resume();
  await once(socket, "end");
  // A server that had closed only its own half would still take this.
  socket.on("error", () => {});
  const refused = new Promise((closed) => socket.once("close", closed));
  const writing = setInterval(() => socket.write("x"), 5);
  await refused.finally(() => clearInterval(writing));
  expect((await send("GET", "/metrics")).body).toContain('{protocol="websocket",outcome="404"} 1');
});
