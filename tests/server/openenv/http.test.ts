import { expect, test } from "vitest";
import { catalog, post, served } from "./served.ts";

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as any };
};

test("health, metadata, schemas and an OpenAPI document that has the routes there are", async () => {
  const { url } = await served();
  expect(await get(`${url}/health`)).toEqual({ status: 200, body: { status: "healthy" } });
  expect((await get(`${url}/metadata`)).body).toMatchObject({ name: "bundled", description: expect.any(String) });
  const { action, observation, reset_observation, state } = (await get(`${url}/schema`)).body;
  expect(action.title).toBe("CallToolAction");
  expect(action.anyOf.map(({ properties }: any) => properties.type.const)).toEqual([
    "call_tool",
    "list_tools",
    "message",
    "end",
  ]);
  expect([observation, reset_observation, state].map(({ type }) => type)).toEqual(["object", "object", "object"]);
  const { info, paths } = (await get(`${url}/openapi.json`)).body;
  expect(info.version).toBe("1.0.0");
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/mcp", "/reset", "/step", "/state", "/{env_name}/task"]));
});

test("production has no reset, step and state over HTTP; all else stays", async () => {
  const server = await served({ openEnvMode: "production" });
  for (const path of ["/reset", "/step"]) expect((await post(server, path, {})).status).toBe(404);
  expect((await get(`${server.url}/state`)).status).toBe(404);
  const { paths } = (await get(`${server.url}/openapi.json`)).body;
  expect(Object.keys(paths).filter((path) => ["/reset", "/step", "/state"].includes(path))).toEqual([]);
  expect((await get(`${server.url}/schema`)).status).toBe(200);
});

test("reset over HTTP shows how an episode starts, and keeps none", async () => {
  const server = await served();
  const task = catalog.tasks[4]!;
  const answer = await post(server, "/reset", { seed: 4 });
  expect(answer.body).toMatchObject({
    observation: { messages: [{ role: "user", content: task.turns[0]!.user }] },
    ...{ reward: null, done: false, metadata: { task: task.id } },
  });
  expect((await fetch(`${server.url}/reset`, { method: "POST" })).status).toBe(200);
  expect((await get(`${server.url}/state`)).body).toMatchObject({ episode_id: null, step_count: 0 });
  expect(server.table.active).toBe(0);
});

test("step over HTTP acts in an episode of its own, in the mode of the action", async () => {
  const server = await served();
  const call = { type: "call_tool", tool_name: "next_user_request" };
  const called = await post(server, "/step", { action: call, timeout_s: 5, request_id: "a", render: true });
  expect(called.body).toMatchObject({ observation: { tool_name: "next_user_request" }, done: false });
  const said = await post(server, "/step", { action: { type: "message", content: "Done." } });
  expect(said.body.observation.messages).toHaveLength(1);
  expect(server.table.active).toBe(0);
});

test.each([
  ["/reset", { sead: 1 }, 422, /did you mean 'seed'/],
  ["/reset", "[1]", 422, /object/],
  ["/reset", '{"seed": ', 422, /no JSON/],
  ["/reset", { seed: -1 }, 422, /seed/],
  ["/reset", { task: "none" }, 422, /there is no 'none'/],
  ["/step", {}, 422, /must be an object/],
  ["/step", { action: { type: "jump" } }, 422, /no kind of action/],
  ["/step", { action: { type: "list_tools" }, timeout_s: 0 }, 422, /above 0/],
  ["/step", { action: { type: "list_tools" }, request_id: "x".repeat(256) }, 422, /255/],
  ["/nowhere/tasks", { split: "all" }, 404, /unknown environment 'nowhere'/],
  ["/bundled/tasks", { split: "none" }, 400, /Invalid split/],
  ["/bundled/tasks", { split: "toString" }, 400, /Invalid split/],
  ["/bundled/tasks", {}, 422, /must be a string/],
  ["/bundled/tasks", { split: "all", more: 1 }, 422, /no such key/],
  ["/bundled/task", { split: "all" }, 422, /whole number/],
  ["/bundled/task", { split: "all", index: 73 }, 400, /Invalid task index/],
  ["/bundled/task", { split: "all", index: -1 }, 400, /Invalid task index/],
  ["/bundled/task_range", { split: "all", start: 0.5 }, 422, /whole number/],
])("%s %j is refused with status %i", async (path, body, status, detail) => {
  const answer = await post(await served(), path, body);
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body.detail)).toMatch(detail);
});

test("the Task API lists what can be reset to, and nothing that a player must not know", async () => {
  const train = catalog.tasks.slice(0, 5);
  const server = await served({ catalog: { ...catalog, splits: { train, held_out: catalog.tasks.slice(5) } } });
  expect((await get(`${server.url}/list_environments`)).body).toEqual(["bundled"]);
  expect((await get(`${server.url}/BUNDLED/splits`)).body).toEqual([
    { name: "train", type: "train" },
    { name: "held_out", type: "validation" },
  ]);
  expect((await post(server, "/bundled/num_tasks", { split: "held_out" })).body).toEqual({ num_tasks: 68 });
  const { tasks, env_name } = (await post(server, "/bundled/tasks", { split: "train" })).body;
  expect(env_name).toBe("bundled");
  expect(tasks[2]).toEqual({
    ...{ id: train[2]!.id, family: train[2]!.family, category: train[2]!.category },
    ...{ environments: train[2]!.environments, long_context: train[2]!.longContext, turns: train[2]!.turns.length },
    ...{ split: "train", index: 2 },
  });
  expect((await post(server, "/bundled/task", { split: "train", index: 2 })).body).toEqual({ task: tasks[2] });
  const range = (bounds: object) => post(server, "/bundled/task_range", { split: "train", ...bounds });
  expect((await range({ start: 1, stop: 3 })).body.tasks).toEqual(tasks.slice(1, 3));
  expect((await range({ start: null })).body.tasks).toEqual(tasks);
  const chosen = await post(server, "/reset", { split: "held_out", index: 3 });
  expect(chosen.body.metadata.task).toBe(catalog.tasks[8]!.id);
});
