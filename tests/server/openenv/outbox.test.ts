import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { bundledCatalog } from "../catalog.ts";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ catalog: await bundledCatalog() });
});
afterAll(() => server?.close());

async function answersTo(frames: readonly string[]): Promise<{ readonly types: string[]; readonly code: number }> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`);
  const types: string[] = [];
  socket.on("message", (data) => types.push(JSON.parse(String(data)).type));
  await new Promise((resolve) => socket.once("open", resolve));
  for (const frame of frames) socket.send(frame);
  const code = await new Promise<number>((resolve) => socket.once("close", resolve));
  return { types, code };
}

test("a client that does not wait gets every answer, in order, before the connection is closed", async () => {
  const frames = [
    '{"type":"state"}',
    '{"type":"reset"}',
    '{"type":"nonsense"}',
    '{"type":"state"}',
    '{"type":"close"}',
  ];
  const answers = await answersTo(frames);
  expect(answers).toEqual({ types: ["state", "observation", "error", "state"], code: 1000 });
});

test("what was answered arrives before the word that the session was closed by someone else", async () => {
  const created = await fetch(`${server.url}/sessions`, { method: "POST" });
  const { session_id } = (await created.json()) as { readonly session_id: string };
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws?session_id=${session_id}`);
  const types: string[] = [];
  socket.on("message", (data) => types.push(JSON.parse(String(data)).type));
  await new Promise((resolve) => socket.once("open", resolve));
  // The close frame of one connection and the request that closes its session may come in the same turn of the event loop.
  socket.send('{"type":"state"}');
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await fetch(`${server.url}/sessions/${session_id}`, { method: "DELETE" });
  await closed;
  expect(types).toEqual(["state", "error"]);
});
