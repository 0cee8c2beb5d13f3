import { afterAll, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { hintLevels } from "../../src/feedback/level.ts";
import { createCatalog } from "../../src/server/catalog.ts";
import { createLog } from "../../src/server/log.ts";
import { startServer } from "../../src/server/server.ts";
import { Task } from "../../src/task/task.ts";
import { players } from "./protocol-players.ts";

/** What nobody outside may read, each word planted once, where only the server looks. */
const truth = "CANARY_TRUTH";
const later = "CANARY_LATER";
const suggested = "CANARY_SUGGESTED";

const task = Task.parse({
  ...{ id: "planted", family: "planted", category: "miss_func", environments: ["GorillaFileSystem"] },
  turns: [
    {
      user: "Please make the note.",
      groundTruth: [
        { tool: "touch", args: { file_name: truth } },
        { tool: "cat", args: { file_name: truth } },
      ],
      goal: {
        reach: [{ path: `GorillaFileSystem/root/${truth}`, equals: truth }],
        avoid: [{ tool: "mkdir", args: { dir_name: truth } }],
        mayChange: [`GorillaFileSystem/root/${truth}/**`],
      },
      holdOut: ["find"],
    },
    {
      user: `And ${later}, too.`,
      groundTruth: [{ tool: "mkdir", args: { dir_name: `${truth}_2` } }],
      goal: { reach: [{ tool: "mkdir", args: { dir_name: `${truth}_2` } }] },
      release: ["find"],
    },
  ],
});
const logged: string[] = [];
const server = await startServer({
  catalog: createCatalog({
    ...{ name: "planted", tasks: [task], environmentOf },
    hints: (_, level) => ({ level, text: "Look first.", suggestion: { values: [suggested], tools: [suggested] } }),
  }),
  log: createLog("debug", (line) => logged.push(line)),
});
afterAll(() => server.close());

const failing = { calls: [{ tool: "cd", args: { folder: "nowhere" } }] };

test.each(Object.keys(players))(
  "%s: nothing of the ground truth, of later turns or of suggestions gets out",
  async (name) => {
    for (const hints of hintLevels) {
      const wire = { texts: [] as string[] };
      await players[name]!(server, { task: "planted", hints, step_limit: 9 }, [failing, failing], wire);
      const told = wire.texts.join("\n");
      expect(told.includes("Look first."), "hints are there where they should be").toBe(hints !== "off");
      expect(told).not.toContain("CANARY");
    }
    const wire = { texts: [] as string[] };
    const options = { task: "planted", hints: "direct", turn_feedback: "direct", step_limit: 9 };
    await players[name]!(server, options, [failing, { say: "Done." }, failing, { say: "Done." }], wire);
    const told = wire.texts.join("\n");
    expect(told, "what the user says is told when it is said").toContain(later);
    expect(told).not.toContain(truth);
    expect(told).not.toContain(suggested);
  },
);

test("no list, description, metric or log holds any of it", async () => {
  const get = (path: string) => fetch(`${server.url}${path}`).then((response) => response.text());
  const post = (path: string, body: unknown) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then((response) => response.text());
  const told = await Promise.all([
    ...["/tasks", "/tools", "/metrics", "/health", "/schema", "/metadata", "/openapi.json", "/state"].map(get),
    ...["/list_environments", "/planted/splits"].map(get),
    ...["tasks", "num_tasks"].map((route) => post(`/planted/${route}`, { split: "all" })),
    ...["task", "task_range"].map((route) => post(`/planted/${route}`, { split: "all", index: 0 })),
    post("/reset", { task: "planted" }),
    post("/mcp", { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
    post("/sessions", { task: "nothing" }),
  ]);
  expect(told.join("\n")).toContain("planted");
  expect(told.join("\n")).not.toContain("CANARY");
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join("")).not.toContain("CANARY");
});
