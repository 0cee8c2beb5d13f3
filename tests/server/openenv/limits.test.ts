import { expect, test } from "vitest";
import { environmentOf } from "../../../environments/index.ts";
import { createCatalog } from "../../../src/server/catalog.ts";
import { catalog, connect, eventually, post, served } from "./served.ts";

const reset = { type: "reset", data: { environments: ["MathAPI"], mode: "tools", step_limit: 100 } };
const add = (a: number) => ({ type: "step", data: { type: "call_tool", tool_name: "add", arguments: { a, b: 0 } } });

test("binary frames are not taken: the client is told, and the connection ends", async () => {
  const server = await served();
  const [other, client, caller] = [await connect(server), await connect(server), await connect(server, "/mcp")];
  await other.ask(reset);
  client.socket.send(Buffer.from('{"type":"state"}'));
  expect((await client.next()).data).toMatchObject({ code: "SESSION_ERROR", message: expect.stringMatching(/text/) });
  expect(await client.closed()).toBe(1003);
  caller.socket.send(Buffer.from([0, 1, 2]));
  expect((await caller.next()).error.code).toBe(-32700);
  expect(await caller.closed()).toBe(1003);
  await eventually(() => server.table.active === 1);
  expect((await other.ask({ type: "state" })).type).toBe("state");
});

test("a frame that is too large ends the connection, and no other", async () => {
  const server = await served({ bodyLimit: 10_000 });
  const [other, client] = [await connect(server), await connect(server)];
  await other.ask(reset);
  client.socket.send(JSON.stringify({ type: "reset", data: { user: "x".repeat(20_000) } }));
  expect(await client.closed()).toBe(1009);
  await eventually(() => server.table.active === 1);
  expect((await other.ask({ type: "state" })).type).toBe("state");
  expect((await post(server, "/reset", { user: "x".repeat(20_000) })).status).toBe(413);
});

test("a flood of pings ends the connection; a few are answered", async () => {
  const server = await served();
  const [other, client] = [await connect(server), await connect(server)];
  await other.ask(reset);
  let pongs = 0;
  other.socket.on("pong", () => pongs++);
  for (let count = 0; count < 20; count++) other.socket.ping();
  for (let count = 0; count < 200; count++) client.socket.ping();
  expect(await client.closed()).toBe(1008);
  await eventually(() => server.table.active === 1 && pongs === 20);
  expect((await other.ask({ type: "state" })).type).toBe("state");
});

test("many frames at once are answered one by one, in order", async () => {
  const server = await served();
  const client = await connect(server);
  await client.ask(reset);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => client.ask(add(index))));
  expect(answers.map(({ data }) => data.observation.result)).toEqual(
    Array.from({ length: 50 }, (_, index) => `{"result": ${index}}`),
  );
});

test("text that is no UTF-8 ends the connection with the code that says so", async () => {
  const server = await served();
  const client = await connect(server);
  await client.ask(reset);
  client.socket.send(Buffer.from([0x7b, 0xff, 0xfe]), { binary: false });
  expect(await client.closed()).toBe(1007);
  await eventually(() => server.table.active === 0);
});

test("an environment that throws aborts its own episode, and nothing of its error is shown to the model", async () => {
  const broken = createCatalog({
    ...{ name: "broken", tasks: catalog.tasks, environments: ["MathAPI"] },
    environmentOf(names) {
      const environment = environmentOf(names);
      const step = () => {
        throw new Error("a bug of the author's");
      };
      return { ...environment, step };
    },
  });
  const server = await served({ catalog: broken });
  const client = await connect(server);
  await client.ask(reset);
  const answer = await client.ask(add(1));
  expect(answer.data).toMatchObject({ done: true, metadata: { ending: { why: "aborted" } } });
  expect(JSON.stringify(answer.data.observation)).not.toContain("bug");
  expect((await client.ask(reset)).data.done).toBe(false);
});
