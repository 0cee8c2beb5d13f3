import { expect, test } from "vitest";
import { catalog, connect, eventually, served } from "./served.ts";

const task = catalog.tasks.find(({ category }) => category === "miss_func")!;
const reset = (data: object = {}) => ({ type: "reset", data });
const say = (content: string) => ({ type: "step", data: { type: "message", content } });
const call = (tool_name: string, args: object = {}) => ({
  type: "step",
  data: { type: "call_tool", tool_name, arguments: args },
});
const error = (code: string, message: RegExp) => ({
  type: "error",
  data: expect.objectContaining({ code, message: expect.stringMatching(message) }),
});

test("dialogue: reset shows the conversation and the tools, a step what the user says next, state where it stands", async () => {
  const server = await served();
  const client = await connect(server);
  const first = await client.ask(reset({ task: task.id, episode_id: "mine" }));
  expect(first).toEqual({
    type: "observation",
    data: {
      observation: { messages: [{ role: "user", content: task.turns[0]!.user }], tools: expect.any(Array) },
      ...{ reward: null, done: false, metadata: expect.objectContaining({ task: task.id, step_count: 0 }) },
    },
  });
  const second = await client.ask(say("I will not."));
  expect(second.data.observation.messages).toEqual([{ role: "user", content: task.turns[1]!.user }]);
  expect(second.data).toMatchObject({ reward: 0, done: false, metadata: { turn: 1, turn_scores: [0] } });
  const state = await client.ask({ type: "state" });
  expect(state).toMatchObject({
    type: "state",
    data: { episode_id: "mine", step_count: 1, mode: "dialogue", done: false, turn: 1 },
  });
});

test("a reset without data, and one that names a seed, play the server's own choice of task", async () => {
  const client = await connect(await served());
  const [first, second] = [await client.ask({ type: "reset" }), await client.ask({ type: "reset" })];
  expect(second.data.metadata.task).not.toBe(first.data.metadata.task);
  const seeded = await client.ask(reset({ seed: 5 }));
  expect(seeded.data.metadata.task).toBe(catalog.tasks[5]!.id);
});

test("tools: a call has a result, the next request is a call, and the tools stand apart from a list of tools", async () => {
  const client = await connect(await served({ defaults: { mode: "tools" } }));
  const first = await client.ask(reset({ task: task.id }));
  const { messages, available_tools, ...rest } = first.data.observation;
  expect(messages).toHaveLength(1);
  expect(available_tools.at(-1).function.name).toBe("next_user_request");
  expect(rest).toEqual({});
  const next = await client.ask(call("next_user_request"));
  expect(next.data.observation).toMatchObject({ tool_name: "next_user_request", error: null });
  expect(next.data.observation.result).toContain(task.turns[1]!.user);
  const listed = await client.ask({ type: "step", data: { type: "list_tools", metadata: {} } });
  expect(listed.data.observation.tools.at(-1)).toEqual({
    name: "next_user_request",
    description: expect.any(String),
    input_schema: expect.objectContaining({ type: "object" }),
  });
  expect((await client.ask({ type: "state" })).data.step_count).toBe(1);
});

test("a tool that comes free in the middle of an episode does not hide the result with which it comes", async () => {
  const client = await connect(await served());
  await client.ask(reset({ task: task.id, mode: "tools" }));
  const releases = task.turns.findIndex(({ release }) => release);
  let answer = await client.ask(call("next_user_request"));
  for (let turn = 1; turn < releases; turn++) answer = await client.ask(call("next_user_request"));
  const [released] = task.turns[releases]!.release!;
  expect(answer.data.observation.available_tools.map((tool: any) => tool.function.name)).toContain(released);
  expect(answer.data.observation).not.toHaveProperty("tools");
  expect(answer.data.observation.result).toContain(task.turns[releases]!.user);
});

test("a failed call has its whole text, with the hint, as result and as error", async () => {
  const client = await connect(await served());
  await client.ask(reset({ environments: ["GorillaFileSystem"], mode: "tools", hints: "guide" }));
  const { observation } = (await client.ask(call("cd", { folder: "attic" }))).data;
  expect(observation.error).toEqual({ error_type: "execution_error", message: observation.result });
  expect(observation.result).toContain("attic");
  const unknown = (await client.ask(call("no_such_tool"))).data.observation;
  expect(unknown.error.error_type).toBe("tool_not_found");
  const wrong = (await client.ask(call("cd", { path: "attic" }))).data.observation;
  expect(wrong.error.error_type).toBe("invalid_args");
});

test("5.0 reaches a tool as a float, and 5 as an int", async () => {
  const client = await connect(await served());
  await client.ask(reset({ environments: ["MathAPI"], mode: "tools", profile: "bfcl" }));
  const step = (args: string) => `{"type":"step","data":{"type":"call_tool","tool_name":"add","arguments":${args}}}`;
  expect((await client.ask(step('{"a": 5.0, "b": 2}'))).data.observation.result).toBe('{"result": 7.0}');
  expect((await client.ask(step('{"a": 5, "b": 2}'))).data.observation.result).toBe('{"result": 7}');
});

test("a call whose type is left out is a call: in OpenEnv's schema the type has a default", async () => {
  const client = await connect(await served());
  await client.ask(reset({ environments: ["MathAPI"], mode: "tools" }));
  const answer = await client.ask({ type: "step", data: { tool_name: "add", arguments: { a: 1, b: 2 } } });
  expect(answer.data.observation.tool_name).toBe("add");
});

test("tools can be listed before a reset, those of every environment and the one that ends a turn", async () => {
  const client = await connect(await served());
  const { observation, done } = (await client.ask({ type: "step", data: { type: "list_tools" } })).data;
  const names = observation.tools.map(({ name }: any) => name);
  expect(names).toEqual(expect.arrayContaining(["cd", "startEngine", "next_user_request"]));
  expect(done).toBe(false);
});

test("close is not answered, and ends the session", async () => {
  const server = await served();
  const client = await connect(server);
  await client.ask(reset());
  client.socket.send('{"type":"close"}');
  expect(await client.closed()).toBe(1000);
  await eventually(() => server.table.active === 0);
});

test("JSON-RPC through the socket acts in its session", async () => {
  const client = await connect(await served());
  await client.ask(reset({ environments: ["MathAPI"], mode: "tools" }));
  const request = { jsonrpc: "2.0", id: "a", method: "tools/call", params: { name: "add", arguments: { a: 1, b: 2 } } };
  const answer = await client.ask({ type: "mcp", data: request });
  expect(answer).toMatchObject({ type: "mcp", data: { jsonrpc: "2.0", id: "a", result: { is_error: false } } });
  expect((await client.ask({ type: "state" })).data.step_count).toBe(1);
  const wrong = await client.ask({ type: "mcp", data: { method: "tools/list" } });
  expect(wrong).toMatchObject({ type: "mcp", data: { error: { code: -32600 } } });
});

test.each([
  ["an unknown option, and the one that was meant", reset({ sead: 1 }), "VALIDATION_ERROR", /did you mean 'seed'/],
  ["an option of a wrong type", reset({ seed: "one" }), "VALIDATION_ERROR", /seed: /],
  ["an unknown task", reset({ task: "../../etc/passwd" }), "VALIDATION_ERROR", /there is no/],
  ["an unknown split", reset({ split: "__proto__", index: 0 }), "VALIDATION_ERROR", /there is no '__proto__'/],
  ["an index beyond the split", reset({ split: "all", index: 9999 }), "VALIDATION_ERROR", /beyond the 73 tasks/],
  ["a step before a reset", say("Hello"), "EXECUTION_ERROR", /reset before the first step/],
  ["an unknown action", { type: "step", data: { type: "jump" } }, "VALIDATION_ERROR", /'jump' is no kind of action/],
  ["an action with another key", { type: "step", data: { type: "list_tools", x: 1 } }, "VALIDATION_ERROR", /x: /],
  ["a step without an action", { type: "step" }, "VALIDATION_ERROR", /data: missing/],
  ["an action that is no object", { type: "step", data: [1] }, "VALIDATION_ERROR", /data: must be an object/],
  ["data where there is none", { type: "state", data: {} }, "VALIDATION_ERROR", /data: no such key/],
  ["another key", { type: "reset", data: {}, more: 1 }, "VALIDATION_ERROR", /more: no such key/],
  ["JSON-RPC without a request", { type: "mcp" }, "VALIDATION_ERROR", /data: missing/],
  ["an unknown type", { type: "jump" }, "UNKNOWN_TYPE", /Unknown message type: jump/],
  ["a name that every object has", { type: "constructor" }, "UNKNOWN_TYPE", /constructor/],
  ["a type of a wrong type", { type: 5 }, "UNKNOWN_TYPE", /Unknown message type/],
  ["no type", {}, "UNKNOWN_TYPE", /Unknown message type/],
  ["a list", [], "VALIDATION_ERROR", /one JSON object/],
  ["a number", "5", "VALIDATION_ERROR", /one JSON object/],
  ["half of a JSON", '{"type": "step", "data": {"type"', "INVALID_JSON", /Invalid JSON/],
  ["nothing at all", " ", "INVALID_JSON", /Invalid JSON/],
  ["10,000 nested lists", "[".repeat(10_000), "INVALID_JSON", /nested deeper than 64/],
])("%s is refused, and the connection goes on", async (_, frame, code, message) => {
  const client = await connect(await served());
  expect(await client.ask(frame)).toEqual(error(code, message));
  expect((await client.ask({ type: "state" })).type).toBe("state");
});

test("an action of the other mode is refused, and the episode goes on", async () => {
  const client = await connect(await served());
  await client.ask(reset({ task: task.id }));
  expect(await client.ask(call("ls"))).toEqual(error("VALIDATION_ERROR", /reset with mode "tools"/));
  expect((await client.ask(say("No."))).type).toBe("observation");
});

test("a step after the end is refused; a reset starts another episode", async () => {
  const client = await connect(await served());
  await client.ask(reset({ environments: ["MathAPI"], user: "Hello" }));
  expect((await client.ask(say("Done."))).data.done).toBe(true);
  expect(await client.ask(say("Done."))).toEqual(error("EXECUTION_ERROR", /has ended \(completed\): reset/));
  expect((await client.ask(reset())).data.done).toBe(false);
});

test("what is wrong with a field stands in errors, with its place", async () => {
  const client = await connect(await served());
  const { data } = await client.ask(reset({ mode: "both", hints: 3 }));
  expect(data.errors.map(({ loc }: any) => loc)).toEqual([
    ["data", "mode"],
    ["data", "hints"],
  ]);
});
