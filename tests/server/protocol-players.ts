import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { generateText, type ModelMessage } from "ai";
import type { RunningServer } from "../../src/server/server.ts";
import type { SessionObservation } from "../../src/server/session/reply.ts";
import { toolsOfSession } from "../../src/tools/index.ts";
import { scripted } from "../tools/scripted-model.ts";
import { connect, type Client as SocketClient } from "./openenv/served.ts";
import { type Result, type Scripted, toolCallsOf } from "./scripted-episode.ts";

/** Everything that came over the wire, for those who look for what should not be in it. */
export interface Recorder {
  readonly texts: string[];
}
export type Player = (
  server: RunningServer,
  options: Readonly<Record<string, unknown>>,
  script: readonly Scripted[],
  wire?: Recorder,
) => Promise<Result>;

type Json = Readonly<Record<string, any>>;

async function send(
  server: RunningServer,
  wire: Recorder | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: object = {},
) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  wire?.texts.push(text);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return { json: JSON.parse(text) as Json, response };
}

const result = ({ total_reward, turn_scores, state_hash }: Json, rewards?: readonly (number | null)[]): Result => ({
  ...{ reward: total_reward, turnScores: turn_scores, stateHash: state_hash },
  ...(rewards ? { rewards: rewards.filter((reward): reward is number => !!reward) } : {}),
});

const messageOf = (scripted: Scripted) => ({
  type: "message",
  ...("say" in scripted ? { content: scripted.say } : { content: null, tool_calls: toolCallsOf(scripted.calls) }),
});
/** One by one; the arguments as an object where a client has no other way, written so that nothing is lost. */
const callsOf = (script: readonly Scripted[]) =>
  script.flatMap((scripted) =>
    "say" in scripted
      ? [{ name: "next_user_request", text: "{}" }]
      : toolCallsOf(scripted.calls).map((call) => ({ name: call.function.name, text: call.function.arguments })),
  );

const controlPlane =
  (mode: "dialogue" | "tools"): Player =>
  async (server, options, script, wire) => {
    const { json } = await send(server, wire, "POST", "/sessions", { ...options, mode });
    const path = `/sessions/${json.session_id}`;
    const rewards: (number | null)[] = [];
    const actions =
      mode === "dialogue"
        ? script.map((scripted) => JSON.stringify(messageOf(scripted)))
        : callsOf(script).map(({ name, text }) => `{"type":"call_tool","tool_name":"${name}","arguments":${text}}`);
    for (const action of actions)
      rewards.push((await send(server, wire, "POST", `${path}/step`, `{"action":${action}}`)).json.reward);
    const state = (await send(server, wire, "GET", `${path}/state`)).json;
    await send(server, wire, "DELETE", path);
    return result(state, rewards);
  };

async function ask(client: SocketClient, wire: Recorder | undefined, frame: unknown): Promise<Json> {
  const reply = await client.ask(frame);
  wire?.texts.push(JSON.stringify(reply));
  if (reply.type === "error") throw new Error(JSON.stringify(reply));
  return reply.data ?? reply;
}

const openEnvSocket =
  (mode: "dialogue" | "tools"): Player =>
  async (server, options, script, wire) => {
    const client = await connect(server);
    await ask(client, wire, { type: "reset", data: { ...options, mode } });
    const rewards: (number | null)[] = [];
    const steps =
      mode === "dialogue"
        ? script.map((scripted) => JSON.stringify(messageOf(scripted)))
        : callsOf(script).map(({ name, text }) => `{"type":"call_tool","tool_name":"${name}","arguments":${text}}`);
    for (const data of steps) rewards.push((await ask(client, wire, `{"type":"step","data":${data}}`)).reward);
    const state = await ask(client, wire, { type: "state" });
    client.socket.close();
    return result(state, rewards);
  };

/** OpenEnv's production mode: a session made over JSON-RPC, tools called there, the episode reset over the socket. */
const openEnvRpc: Player = async (server, options, script, wire) => {
  const rpc = async (method: string, params: string) => {
    const body = `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;
    const { json } = await send(server, wire, "POST", "/mcp", body);
    // A tool that fails is an error of the call, and the episode goes on.
    if (json.error && method !== "tools/call") throw new Error(JSON.stringify(json.error));
    return json.result;
  };
  const { session_id: id } = await rpc("openenv/session/create", "{}");
  const client = await connect(server, `/ws?session_id=${id}`);
  await ask(client, wire, { type: "reset", data: { ...options, mode: "tools" } });
  for (const { name, text } of callsOf(script))
    await rpc("tools/call", `{"session_id":"${id}","name":"${name}","arguments":${text}}`);
  const state = await ask(client, wire, { type: "state" });
  client.socket.close();
  await rpc("openenv/session/close", `{"session_id":"${id}"}`);
  return result(state);
};

const mcp: Player = async (server, options, script, wire) => {
  const { json } = await send(server, wire, "POST", "/sessions", { ...options, mode: "tools" });
  const path = `/sessions/${json.session_id}`;
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}${path}/mcp`)));
  for (const { name, text } of callsOf(script)) {
    const listed = await client.listTools();
    const called = await client.callTool({ name, arguments: JSON.parse(text) });
    wire?.texts.push(JSON.stringify([listed, called]));
  }
  await client.close();
  const state = (await send(server, wire, "GET", `${path}/state`)).json;
  await send(server, wire, "DELETE", path);
  return result(state);
};

const nemoGym: Player = async (server, options, script, wire) => {
  const row = { responses_create_params: { input: [] }, envtune: options };
  let cookie = "";
  const post = async (path: string, body: object) => {
    const { json, response } = await send(server, wire, "POST", `/nemo-gym${path}`, body, cookie ? { cookie } : {});
    cookie = response.headers.get("set-cookie")!.split(";")[0]!;
    return json;
  };
  await post("/reset", row);
  const rewards: number[] = [];
  let last: Json = {};
  let state: Json = {};
  for (const [index, scripted] of script.entries()) {
    const output =
      "say" in scripted
        ? [
            {
              type: "message",
              role: "assistant",
              content: [{ type: "output_text", text: scripted.say, annotations: [] }],
            },
          ]
        : toolCallsOf(scripted.calls).map(({ function: { name, arguments: text } }, call) => ({
            ...{ type: "function_call", name, arguments: text, call_id: `c${index}_${call}` },
          }));
    // The session is closed as soon as its episode is over.
    const before = index === script.length - 1 ? stateOf(server, cookie) : undefined;
    last = await post("/step", { ...row, response: { output } });
    rewards.push(last.reward);
    state = before ?? state;
  }
  // The last words of the scripts here change nothing in the environment.
  return result({ ...last.info.envtune, state_hash: state.state_hash }, rewards);
};
const stateOf = ({ table }: RunningServer, cookie: string) => table.get(cookie.slice(cookie.indexOf("=") + 1)).state();

/** The tools of a session in this process, called by the Vercel AI SDK. */
const aiSdk: Player = async ({ table }, options, script, wire) => {
  const session = table.create();
  const opening = session.reset({ ...options, mode: "tools" }).observation as Extract<
    SessionObservation,
    { messages: unknown }
  >;
  const messages = opening.messages as ModelMessage[];
  const kit = toolsOfSession(session);
  const steps = callsOf(script).map(({ name, text }) => [[name, text]] as const);
  const model = scripted(...steps);
  for (const _ of steps) {
    const { response } = await generateText({ model, messages, tools: kit.aiSdk });
    messages.push(...response.messages);
  }
  wire?.texts.push(JSON.stringify([model.doGenerateCalls, messages]));
  const state = session.state();
  table.close(session.id);
  return result(state);
};

/** Every way to play an episode on a server, by name. */
export const players: Readonly<Record<string, Player>> = {
  "control plane, dialogue": controlPlane("dialogue"),
  "control plane, tools": controlPlane("tools"),
  "OpenEnv /ws, dialogue": openEnvSocket("dialogue"),
  "OpenEnv /ws, tools": openEnvSocket("tools"),
  "OpenEnv /mcp, tools": openEnvRpc,
  "MCP Streamable HTTP": mcp,
  "NeMo Gym, gymnasium": nemoGym,
  "Vercel AI SDK": aiSdk,
};
