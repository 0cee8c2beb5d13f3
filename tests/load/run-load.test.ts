import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import type { LoadPlan } from "../../src/load/load-plan.ts";
import { errorCount, loadReportText } from "../../src/load/load-report.ts";
import { echoScript, type LoadScript, randomMessagesScript, randomToolsScript } from "../../src/load/load-script.ts";
import { runLoad } from "../../src/load/run-load.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { bundledCatalog } from "../server/catalog.ts";

let server: RunningServer;
const created: string[] = [];
const sessionIds = () => created.splice(0);
beforeAll(async () => {
  server = await startServer({ catalog: await bundledCatalog(), limits: { maxSessions: 20 } });
  const { create } = server.table;
  vi.spyOn(server.table, "create").mockImplementation(() => {
    const session = create();
    created.push(session.id);
    return session;
  });
});
afterAll(() => server?.close());

const plan = (changes: Partial<LoadPlan> & { readonly protocol?: "ws" | "http"; readonly url?: string }): LoadPlan => ({
  target: { url: changes.url ?? server.url, protocol: changes.protocol ?? "ws", timeout: 5000 },
  ...{ sessions: 4, script: randomMessagesScript, reset: {}, stepsPerEpisode: 5, rampUp: 0, warmUp: 0, seed: "0" },
  think: { mean: 0, spread: "fixed" },
  until: { episodes: 20 },
  ...changes,
});

test.each(["ws", "http"] as const)(
  "plays episodes over %s without an error, and leaves no session behind",
  async (protocol) => {
    for (const [mode, script] of [
      ["dialogue", randomMessagesScript],
      ["tools", randomToolsScript],
    ] as const) {
      const report = await runLoad(plan({ protocol, script, reset: { mode } }));
      expect(report.errors).toEqual([]);
      expect(report.episodes).toBe(20);
      expect(report.latency.reset.count).toBe(20);
      expect(report.messages).toBe(report.latency.reset.count + report.latency.step.count);
      expect(report.latency.step.count).toBeGreaterThan(20);
      expect(server.table.active).toBe(0);
    }
  },
);

test.each(["ws", "http"] as const)("random calls in tools mode over %s are not all of one tool", async (protocol) => {
  const called = new Set<string>();
  const script: LoadScript = (random, opening) => {
    const next = randomToolsScript(random, opening);
    return () => {
      const action = next();
      called.add((action as { tool_name: string }).tool_name);
      return action;
    };
  };
  await runLoad(plan({ protocol, script, reset: { mode: "tools" } }));
  expect(called.size).toBeGreaterThan(5);
});

test("an HTTP session that the server has closed is made anew", async () => {
  const script: LoadScript = (random, opening) => {
    const next = randomMessagesScript(random, opening);
    return () => {
      for (const id of sessionIds()) server.table.close(id);
      return next();
    };
  };
  const report = await runLoad(plan({ protocol: "http", script, sessions: 1, until: { episodes: 3 } }));
  expect(report.latency.reset.count).toBe(3);
  expect(report.errors).toMatchObject([{ kind: "unknownSession", count: 3 }]);
});

test("a server over HTTP that is not there is not asked without a pause", async () => {
  const target = { ...plan({ protocol: "http" }).target, url: "http://127.0.0.1:9" };
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 300);
  const report = await runLoad(plan({ target, sessions: 2, until: { duration: 10_000 } }), { signal: stop.signal });
  expect(report.errors).toMatchObject([{ kind: "connect", count: 2 }]);
});

test("a script that throws ends the run, whatever the other sessions do", async () => {
  let scripts = 0;
  const script: LoadScript = (random, opening) => {
    if (++scripts === 2) throw new Error("the script's mistake");
    return randomMessagesScript(random, opening);
  };
  await expect(runLoad(plan({ script, sessions: 2, until: { duration: 60_000 } }))).rejects.toThrow("mistake");
  await expect.poll(() => server.table.active).toBe(0);
});

test("think time is waited before each step", async () => {
  const start = performance.now();
  await runLoad(plan({ sessions: 1, think: { mean: 20, spread: "fixed" }, until: { episodes: 1 } }));
  expect(performance.now() - start).toBeGreaterThan(5 * 20);
});

test("errors are counted by the server's own code, with the first one's words", async () => {
  const report = await runLoad(plan({ script: echoScript, until: { episodes: 3 }, sessions: 1 }));
  expect(report.errors).toEqual([
    { kind: "VALIDATION_ERROR", count: 3, example: expect.stringContaining("type: missing") },
  ]);
  expect(errorCount(report)).toBe(3);
  expect(loadReportText(report)).toContain("VALIDATION_ERROR: 3, the first: ");
  const full = await runLoad(
    plan({ sessions: 30, until: { duration: 300 }, think: { mean: 10, spread: "exponential" } }),
  );
  expect(full.errors).toContainEqual(expect.objectContaining({ kind: "CAPACITY_REACHED" }));
  expect(full.messages).toBeGreaterThan(0);
});

test("a server that is not there, one that hangs up, and one that says nothing", async () => {
  const silent = createServer().listen(0);
  const sockets = new WebSocketServer({ server: silent });
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const mute = { ...plan({}).target, url, timeout: 200 };
  const silence = await runLoad(plan({ target: mute, sessions: 1, until: { episodes: 1 } }));
  expect(silence.errors).toMatchObject([{ kind: "timeout", count: 1 }]);
  sockets.on("connection", (socket) => socket.once("message", () => socket.terminate()));
  const hungUp = await runLoad(plan({ target: mute, sessions: 1, until: { episodes: 1 } }));
  expect(hungUp.errors).toMatchObject([{ kind: "closed", count: 1 }]);
  for (const socket of sockets.clients) socket.terminate();
  await new Promise((done) => silent.close(done));
  const stop = new AbortController();
  const absent = runLoad(plan({ target: mute, sessions: 1, until: { duration: 60_000 } }), {
    signal: stop.signal,
    onProgress: ({ errors }) => errors > 0 && stop.abort(),
  });
  expect(await absent).toMatchObject({ interrupted: true, messages: 0, errors: [{ kind: "connect" }] });
});

test("an interruption ends thinking sessions at once, with a report of what there was", async () => {
  const stop = new AbortController();
  const thinking = { mean: 3_600_000, spread: "fixed" } as const;
  const running = runLoad(plan({ think: thinking, until: { duration: 3_600_000 } }), {
    signal: stop.signal,
    onMeasuring: (isOn) => isOn && setTimeout(() => stop.abort(), 50),
  });
  expect(await running).toMatchObject({ interrupted: true, errors: [] });
  expect(server.table.active).toBe(0);
});
