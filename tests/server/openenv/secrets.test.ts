import { expect, test } from "vitest";
import { environmentOf } from "../../../environments/index.ts";
import { createCatalog } from "../../../src/server/catalog.ts";
import { connect, post, rpc, served } from "./served.ts";

const secret = "canary7c1d";
const task = {
  ...{ id: "two-turns", family: "two-turns", category: "base" as const, environments: ["GorillaFileSystem"] },
  ...{ config: {}, longContext: false },
  turns: [
    { user: "Make a file.", groundTruth: [{ tool: "touch", args: { file_name: `${secret}.txt` } }] },
    { user: `Now ${secret}.`, groundTruth: [{ tool: "touch", args: { file_name: `${secret}2.txt` } }] },
  ],
};

test.each(["dialogue", "tools"] as const)(
  "nothing says what is to come, or what would be right, in mode %s",
  async (mode) => {
    const server = await served({
      catalog: createCatalog({ name: "secrets", tasks: [task], environmentOf }),
      defaults: { mode, hints: "direct", turn_feedback: "direct" },
    });
    const seen: unknown[] = [];
    for (const path of ["/metadata", "/schema", "/openapi.json", "/list_environments", "/secrets/splits", "/state"])
      seen.push(await (await fetch(`${server.url}${path}`)).text());
    const split = { split: "all", index: 0 };
    seen.push(await post(server, "/secrets/tasks", { split: "all" }), await post(server, "/secrets/task", split));
    seen.push(await post(server, "/secrets/task_range", { split: "all" }), await post(server, "/reset", split));
    const { session_id } = (await rpc(server, "openenv/session/create")).result;
    const client = await connect(server, `/ws?session_id=${session_id}`);
    seen.push(await client.ask({ type: "reset", data: {} }));
    seen.push(await rpc(server, "tools/list", { session_id }));
    const called = { name: "cat", arguments: { file_name: "none.txt" } };
    const message = {
      content: null,
      tool_calls: [{ function: { name: "cat", arguments: '{"file_name": "none.txt"}' } }],
    };
    seen.push(
      mode === "tools"
        ? await rpc(server, "tools/call", { session_id, ...called })
        : await client.ask({ type: "step", data: { type: "message", ...message } }),
    );
    seen.push(await client.ask({ type: "step", data: { type: "list_tools" } }), await client.ask({ type: "state" }));
    expect(JSON.stringify(seen)).toContain("none.txt");
    expect(JSON.stringify(seen)).not.toContain(secret);
  },
);
