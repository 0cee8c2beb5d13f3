import { expect, test } from "vitest";
import { connect, eventually, post, rpc, served } from "./served.ts";

const reset = { type: "reset", data: { environments: ["MathAPI"], mode: "tools" } };
const add = { name: "add", arguments: { a: 1, b: 2 } };

test("an HTTP session is one with the socket that attaches to it: calls over HTTP, reset and state over the socket", async () => {
  const server = await served();
  const { session_id } = (await rpc(server, "openenv/session/create")).result;
  const client = await connect(server, `/ws?session_id=${session_id}`);
  await client.ask(reset);
  const called = await rpc(server, "tools/call", { session_id, ...add });
  expect(called.result.data).toBe('{"result": 3}');
  expect((await client.ask({ type: "state" })).data.step_count).toBe(1);
  expect(server.table.active).toBe(1);
});

test("a second socket is refused, and the first goes on", async () => {
  const server = await served();
  const { session_id } = (await rpc(server, "openenv/session/create")).result;
  const first = await connect(server, `/ws?session_id=${session_id}`);
  await first.ask(reset);
  const second = await connect(server, `/ws?session_id=${session_id}`);
  expect(await second.next()).toMatchObject({
    type: "error",
    data: { code: "SESSION_ERROR", message: expect.stringContaining("already has an attached") },
  });
  await second.closed();
  expect((await first.ask({ type: "state" })).data.step_count).toBe(0);
});

test("a session that is not there cannot be attached to", async () => {
  const server = await served();
  const client = await connect(server, "/ws?session_id=../../etc/passwd");
  expect(await client.next()).toMatchObject({ type: "error", data: { code: "SESSION_ERROR" } });
  expect(await client.closed()).toBe(1000);
  expect(server.table.active).toBe(0);
});

test("a socket that goes leaves an HTTP session where it was, for another to attach to", async () => {
  const server = await served();
  const { session_id } = (await rpc(server, "openenv/session/create")).result;
  const first = await connect(server, `/ws?session_id=${session_id}`);
  await first.ask(reset);
  first.socket.send(JSON.stringify({ type: "step", data: { type: "call_tool", tool_name: "add", arguments: {} } }));
  first.socket.terminate();
  await eventually(() => server.table.attached === 0);
  const second = await connect(server, `/ws?session_id=${session_id}`);
  expect((await second.ask({ type: "state" })).data).toMatchObject({ mode: "tools", done: false });
});

test("a socket that vanishes in the middle of a step frees its own session, and no other", async () => {
  const server = await served();
  const [gone, other] = [await connect(server), await connect(server)];
  await gone.ask(reset);
  await other.ask(reset);
  gone.socket.send(JSON.stringify({ type: "step", data: { type: "call_tool", tool_name: "add", arguments: {} } }));
  gone.socket.terminate();
  await eventually(() => server.table.active === 1);
  expect((await other.ask({ type: "state" })).data.step_count).toBe(0);
});

test("a close that comes while a socket has the session waits until it goes", async () => {
  const server = await served();
  const { session_id } = (await rpc(server, "openenv/session/create")).result;
  const client = await connect(server, `/ws?session_id=${session_id}`);
  await client.ask(reset);
  expect((await rpc(server, "openenv/session/close", { session_id })).result).toEqual({
    ...{ session_id, closed: false, closing: true },
  });
  expect((await client.ask({ type: "state" })).type).toBe("state");
  client.socket.close();
  await eventually(() => server.table.active === 0);
});

test("a session that is closed from elsewhere says so to its socket", async () => {
  const server = await served();
  const client = await connect(server);
  await client.ask(reset);
  const [id] = [...(await client.ask({ type: "state" })).data.episode_id.matchAll(/^(.*)-1$/g)].map(
    ([, found]) => found,
  );
  await fetch(`${server.url}/sessions/${id}`, { method: "DELETE" });
  expect(await client.next()).toMatchObject({ type: "error", data: { code: "SESSION_ERROR" } });
  expect(await client.closed()).toBe(1000);
});

test("a full server says how many sessions there are, on each of its ways in", async () => {
  const server = await served({ limits: { maxSessions: 1 } });
  const first = await connect(server);
  await first.ask({ type: "state" });
  const counts = { active_sessions: 1, max_sessions: 1 };
  const second = await connect(server);
  expect((await second.next()).data).toMatchObject({ code: "CAPACITY_REACHED", ...counts });
  await second.closed();
  const third = await connect(server, "/mcp");
  expect((await third.next()).error).toMatchObject({ code: -32000, data: counts });
  await third.closed();
  expect((await rpc(server, "openenv/session/create")).error).toMatchObject({ code: -32000, data: counts });
  expect((await post(server, "/reset", {})).status).toBe(503);
  first.socket.send('{"type":"close"}');
  await first.closed();
  expect((await rpc(server, "openenv/session/create")).result.session_id).toEqual(expect.any(String));
});

test("a server that drains starts no session, and lets those there are go on", async () => {
  const server = await served();
  const client = await connect(server);
  await client.ask(reset);
  server.table.drain();
  expect((await client.ask({ type: "state" })).type).toBe("state");
  expect(await client.ask(reset)).toMatchObject({
    type: "error",
    data: { code: "EXECUTION_ERROR", message: expect.stringMatching(/shutting down/) },
  });
  const late = await connect(server);
  expect((await late.next()).data).toMatchObject({
    code: "SESSION_ERROR",
    message: expect.stringMatching(/shutting down/),
  });
});
