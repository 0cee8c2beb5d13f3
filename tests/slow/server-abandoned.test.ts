import type { ChildProcess } from "node:child_process";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import type { Holdings } from "./measured-server.ts";
import { bundled, type Served, served, until } from "./served.ts";

const idleSeconds = 30;
const abandoned = { byHttp: 4000, droppedSockets: 3000, frozenSockets: 3000 };

let program: Awaited<ReturnType<typeof bundled>>;
let server: Served;
beforeAll(async () => {
  program = await bundled("tests/slow/measured-server.ts");
  server = await served(program.file, [String(idleSeconds)], ["--expose-gc"]);
});
afterAll(() => {
  server?.child.kill("SIGKILL");
  program?.remove();
});

test("10,000 sessions that were abandoned without closing are gone after the idle time, and their memory is back", async () => {
  // What the first sessions leave behind for all later ones, such as replayed ground truths.
  await abandon({ byHttp: 300, droppedSockets: 300, frozenSockets: 300 });
  await until(async () => (await holdings(server.child)).sessions === 0);
  const before = await holdings(server.child);
  expect(before.sessions).toBe(0);

  const bystander = await openSession();
  const abandonment = await abandon(abandoned);
  const full = await holdings(server.child);
  // Sockets that are dropped end their sessions at once; on a slow machine, the first of the others are gone before the last are made.
  expect(full.sessions).toBeGreaterThan(abandoned.frozenSockets);
  expect(abandonment.made).toBe(10_000);

  await until(async () => (await holdings(server.child)).sessions === 1);
  const after = await holdings(server.child);
  console.log(
    `heap in MB: ${[before, full, after].map(({ heapBytes }) => (heapBytes / 2 ** 20).toFixed(1)).join(" -> ")}`,
  );
  expect(after.heapBytes).toBeLessThan(before.heapBytes * 1.1);
  // One that was connected all the time, and only thought for longer than the idle time, goes on.
  expect(await bystander.ask({ type: "step", data: { type: "message", content: "Done." } })).toMatchObject({
    type: "observation",
  });
  bystander.socket.close();
});

/** Sessions in the middle of an episode whose clients go away: they never come back, drop the line, or hang with the line open. */
async function abandon({
  byHttp,
  droppedSockets,
  frozenSockets,
}: typeof abandoned): Promise<{ readonly made: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let made = 0;
  await inParallel(byHttp, 32, async (index) => {
    const { session_id } = await post(agent, "/sessions", { seed: index });
    await post(agent, `/sessions/${session_id}/step`, { action: { type: "message", content: "Done." } });
    made += 1;
  });
  agent.destroy();
  await inParallel(droppedSockets, 32, async (index) => {
    const { socket, ask } = await openSession();
    await ask({ type: "reset", data: { seed: index } });
    socket.terminate();
    made += 1;
  });
  await inParallel(frozenSockets, 32, async () => {
    await frozenSocket();
    made += 1;
  });
  return { made };
}

async function openSession() {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const ask = (frame: object): Promise<any> =>
    new Promise((resolve) => {
      socket.once("message", (data) => resolve(JSON.parse(String(data))));
      socket.send(JSON.stringify(frame));
    });
  await ask({ type: "reset", data: { seed: 1 } });
  return { socket, ask };
}

/** A client that has reset, and then hangs: it neither reads nor answers pings, and its line stays open. */
function frozenSocket(): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  const key = Buffer.alloc(16, 7).toString("base64");
  const head = `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
  const reset = Buffer.from('{"type":"reset"}');
  socket.write(head);
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("data", () => {
      // A text frame with a mask of zeros.
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | reset.length, 0, 0, 0, 0]), reset]));
      socket.once("data", () => {
        socket.pause();
        socket.off("error", reject).on("error", () => {});
        resolve(socket);
      });
    });
  });
}

function post(agent: Agent, path: string, body: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method: "POST", agent }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve(JSON.parse(Buffer.concat(parts).toString()));
    });
    sent.on("error", reject);
    sent.setHeader("content-type", "application/json");
    sent.end(JSON.stringify(body));
  });
}

async function inParallel(many: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < many) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function holdings(child: ChildProcess): Promise<Holdings> {
  return new Promise((resolve) => {
    child.once("message", (message) => resolve(message as Holdings));
    child.send("holdings");
  });
}
