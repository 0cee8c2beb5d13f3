import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { bundled, type Served, served, until } from "./served.ts";

let program: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  program = await bundled("src/cli/main.ts");
});
afterAll(() => program?.remove());

const started: Served[] = [];
afterAll(() => {
  for (const { child } of started) child.kill("SIGKILL");
});
async function start(drainSeconds: number): Promise<Served> {
  const args = ["serve", "--port", "0", "--drain", String(drainSeconds), "--log-level", "warn"];
  const server = await served(program.file, args);
  started.push(server);
  return server;
}

const many = 60;
const speak = { type: "step", data: { type: "message", content: "Done." } };

test("SIGTERM under load: episodes that run are played to their end, new ones are refused, and the server ends with 0", async () => {
  const server = await start(120);
  const clients = await Promise.all(Array.from({ length: many }, () => client(server)));
  const answers = http(server);
  for (const one of clients) await one.ask({ type: "reset", data: { seed: 1 } });
  const made = await answers.post("/sessions", { seed: 2 });
  const playing = clients.map(async (one, index) => {
    // Each leaves after episodes of its own until the server refuses to start another.
    for (let round = 0; ; round++) {
      let done = false;
      while (!done) {
        const { type, data } = await one.ask(speak);
        expect(type).toBe("observation");
        ({ done } = data);
      }
      const { type, data } = await one.ask({ type: "reset", data: { seed: index + round } });
      if (type === "error") return data.code;
    }
  });
  await until(() => clients.every(({ answered }) => answered() > 20));
  server.child.kill("SIGTERM");

  const refusals = await Promise.all(playing);
  expect(refusals).toEqual(clients.map(() => refusals[0]));
  expect(refusals[0]).toMatch(/SESSION_ERROR|EXECUTION_ERROR|CAPACITY_REACHED/);
  // Sessions hold the server up as long as they are open: it still answers, and starts nothing new.
  expect(await answers.post("/sessions", {})).toMatchObject({ error: { code: "draining" } });
  expect(await answers.get("/health")).toMatchObject({ status: "unhealthy" });
  const late = await client(server);
  await late.closed;
  expect(late.unasked()).toMatchObject([
    { type: "error", data: { message: expect.stringContaining("shutting down") } },
  ]);
  const step = { action: { type: "message", content: "Done." } };
  expect(await answers.post(`/sessions/${made.session_id}/step`, step)).toMatchObject({ metadata: { step_count: 1 } });
  expect(server.child.exitCode).toBeNull();

  for (const one of clients) one.socket.send('{"type":"close"}');
  await answers.remove(`/sessions/${made.session_id}`);
  expect(await server.exited).toBe(0);
  expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual(clients.map(() => 1000));
  expect(answers.broken()).toEqual([]);
  expect(server.stderr()).toBe("");
});

test("clients that never come to an end are closed with 1001 after the drain time, each answer whole", async () => {
  const server = await start(2);
  const clients = await Promise.all(Array.from({ length: many }, () => client(server)));
  const answers = http(server);
  const { session_id } = await answers.post("/sessions", { seed: 2, step_limit: 1000 });
  const options = { mode: "tools", step_limit: 1_000_000, rules: "evaluation", environments: ["MathAPI"] };
  const busy = clients.map(async (one) => {
    await one.ask({ type: "reset", data: options });
    const call = { type: "call_tool", tool_name: "add", arguments: { a: 1, b: 2 } };
    for (;;) {
      const answer = await one.ask({ type: "step", data: call });
      if (answer === undefined || answer.type === "error") return;
    }
  });
  const asking = (async () => {
    while (server.child.exitCode === null)
      if ((await answers.get(`/sessions/${session_id}/state`)) === undefined) return;
  })();
  await until(() => clients.every(({ answered }) => answered() > 20));
  server.child.kill("SIGTERM");
  expect(await server.exited).toBe(0);
  await Promise.all([...busy, asking]);
  expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual(clients.map(() => 1001));
  expect(clients.flatMap(({ unreadable }) => unreadable())).toEqual([]);
  expect(answers.broken()).toEqual([]);
  expect(server.stderr()).toBe("");
});

test("a second SIGTERM does not wait for the drain time", async () => {
  const server = await start(3600);
  const { socket, closed } = await client(server);
  server.child.kill("SIGTERM");
  await until(async () => (await http(server).get("/health"))?.status === "unhealthy");
  server.child.kill("SIGTERM");
  expect(await server.exited).toBe(0);
  expect(await closed).toBe(1001);
  socket.terminate();
});

async function client(server: Served) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { perMessageDeflate: false });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  const unreadable: string[] = [];
  const unasked: object[] = [];
  let answered = 0;
  let waiting: ((answer: any) => void) | undefined;
  socket.on("message", (data) => {
    answered += 1;
    try {
      const answer = JSON.parse(String(data));
      if (waiting) waiting(answer);
      else unasked.push(answer);
      waiting = undefined;
    } catch {
      unreadable.push(String(data));
    }
  });
  void closed.then(() => waiting?.(undefined));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  /** Undefined where the connection ends before there is an answer. */
  const ask = (frame: object): Promise<any> =>
    new Promise((resolve) => {
      if (socket.readyState !== WebSocket.OPEN) return resolve(undefined);
      waiting = resolve;
      socket.send(JSON.stringify(frame));
    });
  return { socket, ask, closed, answered: () => answered, unreadable: () => unreadable, unasked: () => unasked };
}

/** Requests, each on a connection of its own; an answer that stops before its end is `broken`. */
function http({ url }: Served) {
  const broken: string[] = [];
  const send = (method: string, path: string, body?: object): Promise<any> =>
    new Promise((resolve) => {
      const sent = request(`${url}${path}`, { method, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        response.on("aborted", () => broken.push(`${method} ${path}: ${text}`));
        response.on("end", () => resolve(JSON.parse(text)));
        response.on("error", () => resolve(undefined));
      });
      // Refused, since the server is gone; that is no half of an answer.
      sent.on("error", () => resolve(undefined));
      if (body) sent.setHeader("content-type", "application/json");
      sent.end(body && JSON.stringify(body));
    });
  return {
    get: (path: string) => send("GET", path),
    post: (path: string, body: object) => send("POST", path, body),
    remove: (path: string) => send("DELETE", path),
    broken: () => broken,
  };
}
