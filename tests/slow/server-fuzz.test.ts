import { Agent, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { type SeededRandom, seededRandom } from "../../src/core/seeded-random.ts";
import { bundledCatalog } from "../server/catalog.ts";
import { bundled, type Served, served, until } from "./served.ts";
import { mutated } from "./wire-fuzz/mutate.ts";
import { sendRawBytes } from "./wire-fuzz/raw-bytes.ts";
import { type Drawn, type HttpRequest, httpRequest, rpc, socketFrame } from "./wire-fuzz/valid-requests.ts";

const frames = Number(process.env.ENVTUNE_FUZZ_FRAMES ?? 20_000);
const seed = process.env.ENVTUNE_FUZZ_SEED ?? "0";
const workers = 8;
const bodyLimit = 256 * 1024;

let program: Awaited<ReturnType<typeof bundled>>;
let server: Served;
beforeAll(async () => {
  program = await bundled("src/cli/main.ts");
  const limits = ["--max-sessions", "120", "--idle", "4", "--body-limit", String(bodyLimit)];
  server = await served(program.file, ["serve", "--port", "0", "--log-level", "warn", ...limits]);
});
afterAll(() => {
  server?.child.kill("SIGKILL");
  program?.remove();
});

test(`${frames} frames of all protocols, most of them wrong: the server answers each, and nobody else notices`, async () => {
  const catalog = await bundledCatalog();
  const tasks = ["../../etc/passwd", "__proto__", ...catalog.tasks.map(({ id }) => id)];
  const bystander = await play(catalog.tasks.find(({ category, turns }) => category === "base" && turns.length >= 3)!);
  const findings = new Map<string, number>();
  const wrong: string[] = [];
  let sent = 0;
  const note = (what: string) => findings.set(what, (findings.get(what) ?? 0) + 1);
  const worker = async (index: number) => {
    const random = seededRandom(JSON.stringify([seed, index]));
    const client = fuzzClient(random, { tasks, name: catalog.name, session: "AAAAAAAAAAAAAAAAAAAAAA" });
    for (; sent < frames; sent++) {
      const { what, problem } = await client.next();
      note(what);
      if (problem) wrong.push(problem);
      if (sent % Math.ceil(frames / 200) === 0) await bystander.step();
    }
    client.end();
  };
  await Promise.all(Array.from({ length: workers }, (_, index) => worker(index)));
  while (!bystander.done()) await bystander.step();

  console.log(
    [...findings]
      .sort()
      .map(([what, times]) => `${what}: ${times}`)
      .join(", "),
  );
  expect(server.stderr()).toBe("");
  expect(server.child.exitCode).toBeNull();
  expect(wrong).toEqual([]);
  expect(bystander.last()).toMatchObject({ done: true, metadata: { total_reward: 1 } });
  await until(async () => (await activeSessions()) === 1);
  bystander.close();
  await until(async () => (await activeSessions()) === 0);
  // An error of the server's own would stand here, with its stack.
  expect(server.stderr()).toBe("");
});

const own = async (path: string): Promise<string> => (await fetch(`${server.url}${path}`)).text();
const activeSessions = async (): Promise<number> =>
  Number(/^envtune_sessions_active (\d+)$/m.exec(await own("/metrics"))![1]);

type Task = Awaited<ReturnType<typeof bundledCatalog>>["tasks"][number];

/** A client that plays by the ground truth, a call now and then. */
async function play({ id, turns }: Task) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const ask = (frame: object): Promise<any> =>
    new Promise((resolve) => {
      socket.once("message", (data) => resolve(JSON.parse(String(data))));
      socket.send(JSON.stringify(frame));
    });
  const calls = turns.flatMap(({ groundTruth }) => [
    ...groundTruth.map(({ tool, args }) => ({ type: "call_tool", tool_name: tool, arguments: args })),
    { type: "call_tool", tool_name: "next_user_request" },
  ]);
  const options = { task: id, mode: "tools", step_limit: 100 };
  let asked = ask({ type: "reset", data: options });
  let last = await asked;
  return {
    step() {
      asked = asked.then(async () => {
        const call = calls.shift();
        if (call) last = await ask({ type: "step", data: call });
      });
      return asked;
    },
    done: () => calls.length === 0,
    last: () => last.data,
    close: () => socket.close(),
  };
}

interface Finding {
  readonly what: string;
  readonly problem?: string | undefined;
}

function fuzzClient(random: SeededRandom, drawn: Drawn) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let own = drawn.session;
  let socket: WebSocket | undefined;
  let path = "/ws";
  const current = (): Drawn => ({ ...drawn, session: random.below(4) === 0 ? drawn.session : own });

  const overSocket = async (): Promise<Finding> => {
    if (socket?.readyState !== WebSocket.OPEN) {
      path = random.pick(["/ws", "/ws", "/mcp", `/ws?session_id=${current().session}`]);
      socket = await opened(path);
      if (!socket) return { what: "socket refused" };
    }
    const frame = mutated(path === "/mcp" ? rpc(random, current()) : socketFrame(random, current()), random);
    const kind = random.below(40);
    const data = kind === 0 ? Buffer.from(frame) : kind === 1 ? "x".repeat(bodyLimit + 1) : frame;
    const answer = answerOn(socket);
    socket.send(data);
    if (random.below(50) === 0) {
      socket.terminate();
      return { what: "socket vanished" };
    }
    return judgeFrame(await answer, frame);
  };
  const overHttp = async (): Promise<Finding> => {
    const valid = httpRequest(random, current());
    const { status, text, cookie } = await send(agent, withOddPath(valid, random), random);
    const id = /"session_id":"([\w-]{22})"/.exec(text)?.[1] ?? cookie;
    if (id) own = id;
    return judgeAnswer(status, text, valid);
  };
  return {
    next(): Promise<Finding> {
      const way = random.below(20);
      if (way === 0) return sendRawBytes(server.port, random).then(judgeRaw);
      return way < 10 ? overSocket() : overHttp();
    },
    end() {
      socket?.terminate();
      agent.destroy();
    },
  };
}

function opened(path: string): Promise<WebSocket | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { perMessageDeflate: false });
  socket.on("error", () => {});
  return new Promise((resolve) => {
    socket.once("open", () => resolve(socket));
    socket.once("close", () => resolve(undefined));
  });
}

/** The next message, or the code with which the connection closes in its place. */
const answerOn = (socket: WebSocket): Promise<string | number> =>
  new Promise((resolve) => {
    const onMessage = (data: unknown) => {
      socket.off("close", onClose);
      resolve(String(data));
    };
    const onClose = (code: number) => {
      socket.off("message", onMessage);
      resolve(code);
    };
    socket.once("message", onMessage).once("close", onClose);
  });

const closingCodes = [1000, 1003, 1005, 1006, 1007, 1009];

function judgeFrame(answer: string | number, frame: string): Finding {
  const asked = `to the frame ${frame.slice(0, 200)}`;
  if (typeof answer === "number")
    return { what: `closed ${answer}`, problem: closingCodes.includes(answer) ? undefined : `${answer} ${asked}` };
  const { type, data, error, result } = JSON.parse(answer);
  const message = String(data?.message ?? error?.message ?? "");
  if (isOurFailure(message, error)) return { what: "failure", problem: `${answer.slice(0, 300)} ${asked}` };
  if (type === "error") return { what: `ws ${data.code}` };
  if (error !== undefined || result !== undefined) return { what: error ? `rpc ${error.code}` : "rpc result" };
  const known = ["observation", "state", "mcp"].includes(type);
  return { what: `ws ${type}`, problem: known ? undefined : `${answer.slice(0, 300)} ${asked}` };
}

/** OpenEnv gives -32603 to a tool that failed too; then it says how. */
const isOurFailure = (message: string, error?: { readonly code: number; readonly data?: object }): boolean =>
  /the server failed|root:x:0/.test(message) || (error?.code === -32603 && error.data === undefined);

function judgeAnswer(status: number, text: string, { method, path }: HttpRequest): Finding {
  const asked = `to ${method} ${path}`;
  if (status === 0) return { what: "http vanished" };
  const isExplained = status < 500 || (status === 503 && /capacity|in use|reached/i.test(text));
  // A target that is no address is refused before it is a request.
  const isReadable =
    (status === 400 && text === "") ||
    path === "/metrics" ||
    path.startsWith("/nemo-gym/") ||
    path.endsWith("/mcp") ||
    isJson(text);
  const isRight = isExplained && isReadable && !isOurFailure(text.slice(0, 2000));
  return { what: `http ${status}`, problem: isRight ? undefined : `${status} ${text.slice(0, 300)} ${asked}` };
}

function judgeRaw(text: string): Finding {
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
  const isWrong = status?.startsWith("5") || text.includes("root:x:0");
  return { what: `raw ${status ?? "no answer"}`, problem: isWrong ? text.slice(0, 300) : undefined };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function withOddPath(request: HttpRequest, random: SeededRandom): HttpRequest {
  if (random.below(10) > 0) return request;
  const odd = [
    "/..%2f..%2fetc%2fpasswd",
    "/%00",
    "/../../etc/passwd",
    "/%E0%A4%A",
    "/__proto__",
    "//",
    `/${"a".repeat(3000)}`,
  ];
  const parts = request.path.split("/");
  parts[1 + random.below(parts.length - 1)] = random.pick(odd).slice(1);
  return { ...request, path: parts.join("/") };
}

/** Status 0 where this client hung up before there was an answer. */
function send(agent: Agent, { method, path, body, headers = {} }: HttpRequest, random: SeededRandom) {
  return new Promise<{ readonly status: number; readonly text: string; readonly cookie?: string | undefined }>(
    (resolve) => {
      const contentType =
        random.below(20) === 0
          ? random.pick(["text/plain", "application/x-www-form-urlencoded", "a"])
          : "application/json";
      const vanishes = random.below(50) === 0;
      const text = random.below(60) === 0 ? "x".repeat(bodyLimit + 1) : body && mutated(body, random);
      const options = { method, path, host: "127.0.0.1", port: server.port, agent: vanishes ? false : agent } as const;
      const sent = request(
        { ...options, headers: { ...headers, ...(text === undefined ? {} : { "content-type": contentType }) } },
        (response) => {
          let answer = "";
          response.setEncoding("utf8").on("data", (part) => {
            answer += part;
            // A stream of events stays open; its first one will do.
            if (response.headers["content-type"]?.startsWith("text/event-stream")) response.destroy();
          });
          const cookie = /envtune[\w-]*=([\w-]{22})/.exec(String(response.headers["set-cookie"]))?.[1];
          response.on("close", () => resolve({ status: response.statusCode!, text: answer, cookie }));
        },
      );
      sent.on("error", () => resolve({ status: 0, text: "" }));
      sent.end(text);
      if (vanishes) setTimeout(() => sent.destroy(), random.below(5));
    },
  );
}
