import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { defineState, type Environment } from "../../../src/core/index.ts";
import { createCatalog } from "../../../src/server/catalog.ts";
import { startServer } from "../../../src/server/server.ts";
import { Task } from "../../../src/task/task.ts";
import { bundledCatalog } from "../catalog.ts";

const catalog = await bundledCatalog();
const server = await startServer({ catalog, nemoGymPort: 0, limits: { maxSessions: 50 } });
afterAll(() => server.close());
const params = { input: [{ role: "user", content: "Hello" }] };
const task = "base_allotment_dues";

/** An agent's way of calling: it keeps the cookies of the last answer and no others. */
function agent(base = server.nemoGymUrl!) {
  let cookie: string | undefined;
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}) },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const set = response.headers.get("set-cookie");
    expect(set).toMatch(/^envtune_session=[\w-]{16,}; Path=\/; HttpOnly; SameSite=Lax$/);
    cookie = set!.split(";")[0];
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
  };
  const row = (options: object) => ({ responses_create_params: params, envtune: options });
  return {
    ...{ post, row },
    reset: (options: object = { task }) => post("/reset", row(options)),
    step: (output: unknown, more: object = {}) => post("/step", { ...row({ task }), response: { output }, ...more }),
    get cookie() {
      return cookie!;
    },
    set cookie(value: string) {
      cookie = value;
    },
  };
}

const says = (text: string) => ({ type: "message", role: "assistant", content: [{ type: "output_text", text }] });
const calls = (name: string, args: object, id: string) => ({
  ...{ type: "function_call", call_id: id, name },
  arguments: JSON.stringify(args),
});

test("an episode: tool outputs by call, the next user message as the observation, rewards that add up", async () => {
  const { reset, step } = agent();
  const started = await reset();
  expect(started).toMatchObject({
    ...{ status: 200 },
    body: { observation: null, info: { supports_explicit_close: true, supports_step_idempotency: true } },
  });
  const read = await step([
    { type: "reasoning", id: "r", summary: [{ type: "summary_text", text: "hm" }] },
    calls("cd", { folder: "plots" }, "a"),
    calls("cat", { file_name: "north_dues.txt" }, "b"),
  ]);
  expect(read.body).toMatchObject({ observation: null, reward: 0, terminated: false, truncated: false });
  expect(read.body.info.tool_outputs).toEqual([
    { call_id: "a", output: expect.stringContaining("plots") },
    { call_id: "b", output: expect.stringContaining("Okafor 42.50") },
  ]);
  const told = await step([says("Here it is.")]);
  expect(told.body).toMatchObject({ observation: expect.stringMatching(/^Add the three payments/), terminated: false });
  expect(told.body.reward).toBeCloseTo(1 / 3);
  expect(told.body.info.tool_outputs).toEqual([]);
  await step([calls("sum_values", { numbers: [42.5, 38.25, 45.75] }, "c")]);
  const second = await step([says("126.50")]);
  await step([
    calls("touch", { file_name: "totals.txt" }, "d"),
    calls("echo", { content: "North side paid 126.50 in full", file_name: "totals.txt" }, "e"),
  ]);
  const last = await step([says("Done.")]);
  expect(last.body).toMatchObject({
    ...{ observation: null, terminated: true, truncated: false },
    info: { envtune: { task, turn_scores: [1, 1, 1], total_reward: 1, ending: { why: "completed" } } },
  });
  expect(told.body.reward + second.body.reward + last.body.reward).toBeCloseTo(1);
});

test("a session is given back as soon as its episode is over, and its last answer can still be had", async () => {
  const before = server.table.active;
  const { reset, step } = agent();
  await reset();
  expect(server.table.active).toBe(before + 1);
  await step([says("1")]);
  await step([says("2")]);
  const last = await step([says("3")], { _ng_step_request_id: "x" });
  expect(last.body.terminated).toBe(true);
  expect(server.table.active).toBe(before);
  expect((await step([says("3")], { _ng_step_request_id: "x" })).body).toEqual(last.body);
  expect(await step([says("4")], { _ng_step_request_id: "y" })).toMatchObject({
    ...{ status: 409, body: { error: { code: "episodeOver" } } },
  });
  expect(await step([says("4")])).toMatchObject({ status: 409 });
});

test("a step whose answer was lost is not taken twice: the same request id gets the same answer", async () => {
  const { reset, step } = agent();
  await reset();
  const first = await step([calls("cd", { folder: "plots" }, "a")], { _ng_step_request_id: "1" });
  expect((await step([calls("cd", { folder: "plots" }, "a")], { _ng_step_request_id: "1" })).body).toEqual(first.body);
  const next = await step([calls("cd", { folder: "plots" }, "a")], { _ng_step_request_id: "2" });
  expect(next.body.info.tool_outputs[0].output).toContain("error");
  expect(next.body.info.envtune.step_count).toBe(2);
  await reset();
  const fresh = await step([calls("cd", { folder: "plots" }, "a")], { _ng_step_request_id: "2" });
  expect(fresh.body.info.envtune.step_count).toBe(1);
});

test("tools released later are described in the observation, since an agent's tools are those of its row", async () => {
  const releasing = catalog.tasks.find(({ turns }) => turns[1]?.release?.length)!;
  const { reset, step } = agent();
  await reset({ task: releasing.id });
  const { body } = await step([says("I have no tool for this.")]);
  expect(body.observation).toContain(releasing.turns[1]!.user);
  const [described] = /\{"name":.*/.exec(body.observation) ?? [];
  expect(JSON.parse(described!)).toMatchObject({ name: releasing.turns[1]!.release![0], parameters: {} });
});

test("a row without a user's message gets the first one as the observation", async () => {
  const { post } = agent();
  const empty = await post("/reset", { responses_create_params: { input: [] }, envtune: { task } });
  expect(empty.body.observation).toContain("read me north_dues.txt");
  const text = await post("/reset", { responses_create_params: { input: "Hello" }, envtune: { task } });
  expect(text.body.observation).toBeNull();
});

test("a turn that goes beyond its limit is ended, and an episode that is cut off is truncated", async () => {
  const { reset, step } = agent();
  await reset({ task, rules: "evaluation", step_limit: 1 });
  await step([calls("ls", {}, "a")]);
  const cut = await step([calls("ls", {}, "b")]);
  expect(cut.body).toMatchObject({ terminated: false, truncated: true, observation: null });
  expect(cut.body.info.tool_outputs).toHaveLength(1);
});

test("the tokens that the model's server counted count towards the limit", async () => {
  const { reset, post, row } = agent();
  await reset({ task, token_limit: 100 });
  const response = {
    output: [calls("ls", {}, "a")],
    usage: { input_tokens: 90, output_tokens: 20, total_tokens: 110 },
  };
  expect((await post("/step", { ...row({}), response })).body).toMatchObject({
    ...{ truncated: true, info: { envtune: { ending: { why: "tokenLimit" } } } },
  });
});

test("arguments that are no JSON are explained to the model, as its own mistake", async () => {
  const { reset, step } = agent();
  await reset();
  const { status, body } = await step([{ type: "function_call", call_id: "a", name: "ls", arguments: "{oops" }]);
  expect(status).toBe(200);
  expect(body.info.tool_outputs).toEqual([{ call_id: "a", output: expect.stringMatching(/not JSON/) }]);
});

test("a refused reset says why, and leaves no session behind", async () => {
  const before = server.table.active;
  const { reset, post } = agent();
  expect(await reset({ task: "base_allotment_due" })).toMatchObject({
    ...{ status: 404, body: { error: { code: "unknownTask", message: expect.stringContaining("there is no") } } },
  });
  expect(await reset({ taks: "x" })).toMatchObject({
    ...{ status: 400, body: { error: { code: "badOptions", message: expect.stringContaining("'task'") } } },
  });
  expect(await reset({ task, mode: "tools" })).toMatchObject({
    ...{ status: 400, body: { error: { message: expect.stringContaining("gymnasium_agent plays in mode") } } },
  });
  expect(await post("/reset", { envtune: 5 })).toMatchObject({ status: 400 });
  expect(server.table.active).toBe(before);
});

test("a row without options gets the server's: the next task, in dialogue", async () => {
  const { post } = agent();
  const { body } = await post("/reset", { responses_create_params: params });
  expect(catalog.tasks.map(({ id }) => id)).toContain(body.info.envtune.task);
  await post("/close", {});
});

test("a reset in a session plays another episode in it; a reset after its end makes a new one", async () => {
  const one = agent();
  await one.reset();
  const { cookie } = one;
  await one.step([calls("cd", { folder: "plots" }, "a")]);
  await one.reset();
  expect(one.cookie).toBe(cookie);
  expect((await one.step([calls("ls", {}, "a")])).body.info.tool_outputs[0].output).toContain("plots");
  expect((await one.post("/close", {})).body).toEqual({ closed: true });
  expect((await one.post("/close", {})).body).toEqual({ closed: false });
  expect((await one.step([says("x")])).status).toBe(404);
  await one.reset();
  expect(one.cookie).not.toBe(cookie);
  await one.post("/close", {});
});

test("requests without a session, or with a stranger's cookie, are refused and change nothing", async () => {
  const { step, post } = agent();
  expect(await step([says("x")])).toMatchObject({ status: 404, body: { error: { code: "unknownSession" } } });
  const stranger = agent();
  stranger.cookie = "envtune_session=../../etc/passwd";
  expect(await stranger.step([says("x")])).toMatchObject({ status: 404 });
  stranger.cookie = 'other=1; envtune_session="AAAAAAAAAAAAAAAAAAAAAA"; x=y';
  expect(await stranger.step([says("x")])).toMatchObject({ status: 404 });
  expect(stranger.cookie).toBe("envtune_session=AAAAAAAAAAAAAAAAAAAAAA");
  expect((await post("/close", {})).body).toEqual({ closed: false });
});

test.each([
  ["truncated JSON", '{"response": ', "no JSON"],
  ["nothing", "", "no JSON"],
  ["a list", [], "must be a JSON object"],
  ["no response", { responses_create_params: params }, "response"],
  ["a response that is a text", { response: "hi" }, "response"],
  ["an output that is none", { response: { output: 5 } }, "response.output"],
  ["an item without a type", { response: { output: [{}] } }, "response.output[0].type"],
  [
    "a call without a name",
    { response: { output: [{ type: "function_call", call_id: "a" }] } },
    "response.output[0].name",
  ],
  [
    "content of the wrong type",
    { response: { output: [{ type: "message", content: 5 }] } },
    "response.output[0].content",
  ],
  ["arguments that are an object", { response: { output: [{ ...calls("ls", {}, "a"), arguments: {} }] } }, "arguments"],
  ["a request id that is a list", { response: { output: [] }, _ng_step_request_id: [] }, "_ng_step_request_id"],
  ["10,000 nested arrays", `{"response":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, "nested"],
])("a step with %s is refused by name, and the episode goes on", async (_, body, named) => {
  const { reset, step, post } = agent();
  await reset();
  const refused = await post("/step", body);
  expect(refused.status).toBe(400);
  expect(refused.body.error.message).toContain(named);
  expect((await step([calls("ls", {}, "a")])).body.info.envtune.step_count).toBe(1);
  await post("/close", {});
});

test("items of other kinds in an answer are passed over, and an answer of none at all ends the turn", async () => {
  const { reset, step } = agent();
  await reset();
  const searched = await step([{ type: "web_search_call", id: "w", status: "completed" }, calls("ls", {}, "a")]);
  expect(searched.body.info.tool_outputs).toHaveLength(1);
  expect((await step([])).body.observation).toMatch(/^Add the three payments/);
});

test("a full server says so", async () => {
  const full = await startServer({ catalog, nemoGymPort: 0, limits: { maxSessions: 1 } });
  try {
    await agent(full.nemoGymUrl!).reset();
    expect(await agent(full.nemoGymUrl!).reset()).toMatchObject({
      ...{ status: 503, body: { error: { code: "capacity", active: 1, max: 1 } } },
    });
  } finally {
    await full.close();
  }
});

test("the cookie comes even with what is refused before it reaches a route", async () => {
  const guarded = await startServer({ catalog, nemoGymPort: 0, token: "secret", bodyLimit: 1024 });
  try {
    for (const base of [guarded.nemoGymUrl!, `${guarded.url}/nemo-gym`]) {
      const { post } = agent(base);
      expect(await post("/reset", {})).toMatchObject({ status: 401 });
    }
  } finally {
    await guarded.close();
  }
  const { post } = agent(`${server.url}/nemo-gym`);
  expect(await post("/reset", { padding: "x".repeat(2_000_000) })).toMatchObject({ status: 413 });
  const wide = agent();
  expect(await wide.post("/reset", { padding: "x".repeat(2_000_000), envtune: { task } })).toMatchObject({
    status: 200,
  });
  await wide.post("/close", {});
});

test("the same protocol stands under /nemo-gym on the main port", async () => {
  const { reset, step, post } = agent(`${server.url}/nemo-gym`);
  await reset();
  expect((await step([calls("ls", {}, "a")])).body.info.tool_outputs).toHaveLength(1);
  await post("/close", {});
});

test("what a launcher asks for: is it there, can a rollout be scored again", async () => {
  const get = async (path: string) => (await fetch(`${server.nemoGymUrl}${path}`)).json();
  expect(await get("/")).toEqual({ status: "ok" });
  expect(await get("/health")).toMatchObject({ status: "ok" });
  expect(await get("/reverify_mode")).toBe("unsupported");
  expect((await fetch(`${server.nemoGymUrl}/nowhere`)).status).toBe(404);
});

test("simple_agent: tools by name, failures as text, the reward with the last call", async () => {
  const { post, row } = agent();
  const before = server.table.active;
  expect((await post("/seed_session", row({ task, hints: "guide" }))).body).toEqual({});
  await post("/cd", { folder: "plots" });
  expect(await post("/cat", { file_name: "north_dues.txt" })).toMatchObject({
    ...{ status: 200, text: expect.stringContaining("Okafor 42.50") },
  });
  expect((await post("/cat", { file_name: "nowhere" })).text).toMatch(/error/);
  expect((await post("/no_such_tool", {})).text).toMatch(/no_such_tool/);
  expect((await post("/next_user_request", {})).text).toContain("Add the three payments");
  await post("/sum_values", { numbers: [42.5, 38.25, 45.75] });
  const body = { ...row({ task }), response: { output: [says("126.50")] }, kept: true };
  const verified = await post("/verify", body);
  expect(verified.body).toMatchObject({ ...body, envtune_result: { task, turn_scores: [1, 1] } });
  expect(verified.body.reward).toBeCloseTo(2 / 3);
  expect(server.table.active).toBe(before);
  expect((await post("/verify", body)).body.reward).toBeCloseTo(2 / 3);
});

test("simple_agent's errors: no session, over, and the wrong protocol", async () => {
  const { post, row, reset } = agent();
  expect(await post("/ls", {})).toMatchObject({ status: 404 });
  expect(await post("/verify", {})).toMatchObject({ status: 404 });
  expect(await post("/seed_session", row({ task, mode: "dialogue" }))).toMatchObject({ status: 400 });
  await post("/seed_session", row({ task }));
  for (let turn = 0; turn < 3; turn++) await post("/next_user_request", {});
  expect(await post("/ls", {})).toMatchObject({ status: 200, text: expect.stringContaining("conversation is over") });
  expect((await post("/verify", row({}))).body.reward).toBeLessThan(1);
  await reset();
  expect(await post("/ls", {})).toMatchObject({ status: 409, body: { error: { code: "wrongMode" } } });
  expect(await post("/verify", {})).toMatchObject({ status: 409 });
  await post("/close", {});
});

test("a tool that is one of NeMo Gym's own routes is refused before it could be called", async () => {
  const desk = defineState({ name: "Desk", state: z.strictObject({}), config: z.strictObject({}) }).init(() => ({}));
  const verify = desk.read({ description: "Verify.", args: z.object({}), result: z.null() }).run(() => null);
  const environment = desk.environment({ tools: { verify } }) as Environment;
  const turns = [{ user: "Verify it.", groundTruth: [{ tool: "verify", args: {} }] }];
  const task = Task.parse({ id: "one", family: "one", category: "base", environments: ["Desk"], config: {}, turns });
  const own = createCatalog({ name: "desk", tasks: [task], environmentOf: () => environment });
  const other = await startServer({ catalog: own, nemoGymPort: 0 });
  const seed = await fetch(`${other.nemoGymUrl}/seed_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ responses_create_params: params, envtune: { task: "one" } }),
  });
  expect(seed.status).toBeGreaterThanOrEqual(400);
  expect(await seed.text()).toContain("has a tool 'verify', which is a route of NeMo Gym's own");
  await other.close();
});
