import { defineCommand, runMain } from "citty";
import WebSocket from "ws";
import { environmentOf, environments, hints } from "../environments/index.ts";
import { type SeededRandom, seededRandom } from "../src/core/seeded-random.ts";
import { createCatalog } from "../src/server/catalog.ts";
import { startServer } from "../src/server/server.ts";
import { loadBundledExtension, loadBundledTasks } from "../src/task/bundled.ts";
import type { Task } from "../src/task/task.ts";
import { collectGarbage, median } from "./measure.ts";

/** Of a hundred episodes, so many are played over a socket and over HTTP; the others need no wire. */
const percentOver = { ws: 5, http: 5 };
/** Of a hundred sessions without a wire, so many are never closed, and left to the reaper. */
const percentAbandoned = 10;
const idleSeconds = 1;
const quarters = 4;
const samplesEach = 5;
/** How far the last quarter may be from the second. */
const tolerance = 0.1;
const percentWrong = 20;

const soak = defineCommand({
  meta: { name: "soak", description: "Play many episodes in one server process, and see whether its memory grows" },
  args: { episodes: { type: "string", default: "200000", description: "How many" } },
  async run({ args }) {
    const tasks = await loadBundledTasks(environmentOf);
    const catalog = createCatalog({
      ...{ name: "bundled", tasks, environmentOf, hints },
      ...{ environments: Object.keys(environments), extension: await loadBundledExtension() },
    });
    const server = await startServer({
      catalog,
      limits: { maxSessions: 1_000_000, idleSeconds },
      defaults: { mode: "tools", hints: "guide", step_limit: 50 },
    });
    const { table, url } = server;
    const socket = await openSocket(url);
    const random = seededRandom("soak");
    const episodes = Number(args.episodes);
    const sampleEvery = Math.floor(episodes / (quarters * samplesEach));
    const heaps: number[] = [];
    const start = performance.now();
    let steps = 0;
    for (let episode = 0; episode < episodes; episode++) {
      const task = tasks[episode % tasks.length]!;
      const actions = actionsFor(task, random);
      steps += actions.length;
      const draw = random.below(100);
      if (draw < percentOver.ws) await playOverSocket(socket, task, actions);
      else if (draw < percentOver.ws + percentOver.http) await playOverHttp(url, task, actions);
      else {
        const session = table.create();
        session.reset({ task: task.id });
        for (const action of actions) if (session.step(action).done) break;
        if (random.below(100) >= percentAbandoned) table.close(session.id);
      }
      // The reaper has its turn too.
      if (episode % 64 === 0) await new Promise((wake) => setImmediate(wake));
      if ((episode + 1) % sampleEvery > 0) continue;
      // The socket's own session stays.
      while (table.active > 1) await new Promise((wake) => setTimeout(wake, 100));
      collectGarbage();
      heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
      const rate = (episode + 1) / ((performance.now() - start) / 1000);
      process.stderr.write(
        `${episode + 1} episodes, ${steps} steps, ${rate.toFixed(0)} episodes/s, heap ${heaps.at(-1)!.toFixed(1)} MB\n`,
      );
    }
    socket.close();
    await server.close();
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(`${episodes} episodes, ${steps} steps in ${seconds.toFixed(0)} s\n`);
    const byQuarter = Array.from({ length: quarters }, (_, quarter) =>
      median(heaps.slice(quarter * samplesEach, (quarter + 1) * samplesEach)),
    );
    process.stdout.write(`heap by quarter: ${byQuarter.map((heap) => `${heap.toFixed(1)} MB`).join(", ")}\n`);
    const change = byQuarter[3]! / byQuarter[1]! - 1;
    process.stdout.write(`the last against the second: ${change < 0 ? "" : "+"}${(100 * change).toFixed(1)}%\n`);
    if (Math.abs(change) > tolerance) process.exitCode = 1;
  },
});

/** Calls of the ground truth, some of them wrong, and the end of each turn. */
function actionsFor({ turns }: Task, random: SeededRandom): object[] {
  return turns.flatMap(({ groundTruth }) => [
    ...groundTruth.map(({ tool, args }) => {
      const isWrong = random.below(100) < percentWrong;
      return {
        type: "call_tool",
        tool_name: tool,
        arguments: isWrong ? { [`argument_${random.below(10)}`]: 1 } : args,
      };
    }),
    { type: "call_tool", tool_name: "next_user_request", arguments: {} },
  ]);
}

interface Socket {
  ask(frame: object): Promise<{ readonly type: string; readonly data: any }>;
  close(): void;
}

async function openSocket(url: string): Promise<Socket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    ask: (frame) =>
      new Promise((resolve) => {
        socket.once("message", (data) => resolve(JSON.parse(String(data))));
        socket.send(JSON.stringify(frame));
      }),
    close: () => socket.terminate(),
  };
}

async function playOverSocket(socket: Socket, task: Task, actions: readonly object[]): Promise<void> {
  const { type, data } = await socket.ask({ type: "reset", data: { task: task.id } });
  if (type === "error") throw new Error(data.message);
  for (const action of actions) {
    const { data } = await socket.ask({ type: "step", data: action });
    if (data.done) return;
  }
}

async function playOverHttp(url: string, task: Task, actions: readonly object[]): Promise<void> {
  const send = async (method: string, path: string, body?: object): Promise<any> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  const { session_id } = await send("POST", "/sessions", { task: task.id });
  for (const action of actions) {
    const { done } = await send("POST", `/sessions/${session_id}/step`, { action });
    if (done) break;
  }
  await send("DELETE", `/sessions/${session_id}`);
}

void runMain(soak);
