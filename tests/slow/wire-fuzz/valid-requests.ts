import type { SeededRandom } from "../../../src/core/seeded-random.ts";

const calls = [
  { name: "ls", arguments: { a: true } },
  { name: "cd", arguments: { folder: "workspace" } },
  { name: "cat", arguments: { file_name: "report.txt" } },
  { name: "echo", arguments: { content: "hello", file_name: "note.txt" } },
  { name: "mean", arguments: { numbers: [1, 2.5, 3] } },
  { name: "next_user_request", arguments: {} },
];

export interface Drawn {
  /** The ids and names that requests may use. */
  readonly tasks: readonly string[];
  readonly name: string;
  /** A session of this client's own, or one that there is not. */
  readonly session: string;
}

/** Reset options as a client may send them. */
export function resetOptions(random: SeededRandom, { tasks }: Drawn): object {
  return random.pick<object>([
    {},
    { seed: random.below(1000) },
    { task: random.pick(tasks), mode: "tools", hints: "guide", step_limit: 3 },
    { task: random.pick(tasks), mode: "dialogue", hints: { guide: 0.8, off: 0.2 }, reward: "0.9*progress+0.1*format" },
    { split: "all", index: random.below(70), renderer: random.pick(["openai", "hermes", "tagged", "python"]) },
    { environments: ["MathAPI", "GorillaFileSystem"], mode: "tools", config: {}, user: "Play." },
    { seed: 1, episode_id: "mine", rules: "evaluation", profile: "bfcl", prompt: "standard", turn_feedback: "direct" },
  ]);
}

export function action(random: SeededRandom): object {
  const { name, arguments: args } = random.pick(calls);
  const call = { id: "call_0", type: "function", function: { name, arguments: JSON.stringify(args) } };
  return random.pick<object>([
    { type: "call_tool", tool_name: name, arguments: args },
    { type: "call_tool", tool_name: name, arguments: JSON.stringify(args) },
    { type: "message", content: null, tool_calls: [call] },
    { type: "message", content: "That is done.", reasoning_content: "Nothing is left.", tokens: 5 },
    { type: "list_tools" },
  ]);
}

export function socketFrame(random: SeededRandom, drawn: Drawn): object {
  return random.pick<object>([
    { type: "reset", data: resetOptions(random, drawn) },
    { type: "step", data: action(random) },
    { type: "step", data: action(random) },
    { type: "state" },
    { type: "mcp", data: rpc(random, drawn) },
    { type: "close" },
  ]);
}

export function rpc(random: SeededRandom, { session }: Drawn): object {
  const { name, arguments: args } = random.pick(calls);
  const [method, params] = random.pick<readonly [string, object]>([
    ["tools/list", { session_id: session }],
    ["tools/call", { name, arguments: args, session_id: session }],
    ["tools/call", { name, arguments: args }],
    ["openenv/session/create", {}],
    ["openenv/session/close", { session_id: session }],
  ]);
  return { jsonrpc: "2.0", id: random.below(100), method, params };
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export function httpRequest(random: SeededRandom, drawn: Drawn): HttpRequest {
  const { session, name } = drawn;
  const range = { split: "all", index: random.below(80), start: 0, stop: 5 };
  return random.pick<() => HttpRequest>([
    () => ({ method: "POST", path: "/sessions", body: resetOptions(random, drawn) }),
    () => ({ method: "POST", path: `/sessions/${session}/reset`, body: resetOptions(random, drawn) }),
    () => ({
      method: "POST",
      path: `/sessions/${session}/step`,
      body: { action: action(random), request_id: "r", step_count: 0 },
    }),
    () => ({ method: "POST", path: `/sessions/${session}/step`, body: { action: action(random) } }),
    () => ({ method: "GET", path: `/sessions/${session}/state` }),
    () => ({ method: "DELETE", path: `/sessions/${session}` }),
    () => ({
      method: "GET",
      path: random.pick([
        "/tasks?split=all",
        "/tasks?category=base",
        "/tools?environments=MathAPI",
        "/health",
        "/metrics",
        "/schema",
        "/metadata",
        "/openapi.json",
        "/state",
      ]),
    }),
    () => ({ method: "POST", path: "/reset", body: resetOptions(random, drawn) }),
    () => ({ method: "POST", path: "/step", body: { action: action(random), timeout_s: 5, request_id: "r" } }),
    () => ({ method: "POST", path: "/mcp", body: rpc(random, drawn) }),
    () => ({
      method: "POST",
      path: `/${name}/${random.pick(["tasks", "num_tasks", "task", "task_range"])}`,
      body: range,
    }),
    () => modelContextRequest(random, drawn),
    () => nemoGymRequest(random, drawn),
  ])();
}

function modelContextRequest(random: SeededRandom, drawn: Drawn): HttpRequest {
  const { name, arguments: args } = random.pick(calls);
  const clientInfo = { name: "fuzz", version: "1" };
  const [method, params] = random.pick<readonly [string, object]>([
    ["initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo }],
    ["tools/list", {}],
    ["tools/call", { name, arguments: args }],
    ["ping", {}],
  ]);
  const headers = {
    accept: random.pick(["application/json, text/event-stream", "application/json", "*/*"]),
    ...(random.below(2) === 0 ? { "mcp-session-id": random.pick(["unknown", "..", drawn.session]) } : {}),
    ...(random.below(2) === 0 ? { "mcp-protocol-version": random.pick(["2025-06-18", "1999-01-01"]) } : {}),
  };
  const body = { jsonrpc: "2.0", id: 1, method, params };
  return { method: random.pick(["POST", "POST", "DELETE"]), path: `/sessions/${drawn.session}/mcp`, body, headers };
}

function nemoGymRequest(random: SeededRandom, { tasks, session }: Drawn): HttpRequest {
  const row = {
    responses_create_params: { input: [{ role: "user", content: "Begin." }], tools: [] },
    envtune: { task: random.pick(tasks), hints: "guide" },
  };
  const { name, arguments: args } = random.pick(calls);
  const output = [
    { type: "function_call", call_id: "c", name, arguments: JSON.stringify(args) },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "Done.", annotations: [] }] },
  ];
  const response = { id: "resp", output: [random.pick(output)] };
  const headers = {
    cookie: random.pick([`envtune_session=${session}`, `session=${session}`, "envtune_session=..", "a=b; ; =", ""]),
  };
  const [path, body] = random.pick<readonly [string, object]>([
    ["reset", row],
    ["step", { ...row, response, _ng_step_request_id: "s" }],
    ["close", {}],
    ["seed_session", row],
    ["verify", { ...row, response }],
    ["aggregate_metrics", { verify_responses: [{ ...row, reward: 1 }] }],
    [name, args],
  ]);
  return { method: "POST", path: `/nemo-gym/${path}`, body, headers };
}
