import { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { answerBody, badBody } from "./body.ts";
import { inThrowAwaySession } from "./episode-stream.ts";
import { openApi } from "./open-api.ts";
import { isObject, type Problem } from "./problem.ts";
import { answerRpcText } from "./rpc-methods.ts";
import { schemas } from "./schemas.ts";
import { taskApiRoutes } from "./task-api.ts";

/**
 * OpenEnv's HTTP. As of its own server, `/reset`, `/step` and `/state` keep nothing between requests: each has an episode of its
 * own, for a look at the environment. Episodes are played on `/ws`.
 */
export function openEnvRoutes(context: ServerContext): Hono {
  const { table, openEnvMode, version } = context;
  const { name, description } = table.catalog;
  const app = new Hono();
  app.get("/metadata", (c) => c.json({ name, description, version }));
  app.get("/schema", (c) => c.json(schemas));
  app.get("/openapi.json", (c) => c.json(openApi(context)));
  app.post("/mcp", async (c) => c.json(answerRpcText(await c.req.text(), context)));
  app.route("/", taskApiRoutes(table.catalog));
  if (openEnvMode === "production") return app;
  app.get("/state", (c) => inThrowAwaySession(table, (stream) => c.json(stream.state())));
  app.post("/reset", (c) => answerBody(c, (body) => inThrowAwaySession(table, (stream) => stream.reset(body))));
  app.post("/step", (c) =>
    answerBody(c, (body) => {
      const action = actionOf(body);
      return inThrowAwaySession(table, (stream) => stream.stepWithoutReset(action));
    }),
  );
  return app;
}

/** `timeout_s` and `request_id` mean nothing where every request has an episode of its own and is answered at once. */
function actionOf(body: unknown): unknown {
  if (!isObject(body)) throw badBody([{ path: [], message: "must be an object with an action" }]);
  const { action, timeout_s: timeout, request_id: requestId } = body;
  const problems: Problem[] = [];
  if (!isObject(action)) problems.push({ path: ["action"], message: "must be an object" });
  if (timeout !== undefined && timeout !== null && !(typeof timeout === "number" && timeout > 0))
    problems.push({ path: ["timeout_s"], message: "must be a number above 0" });
  if (requestId !== undefined && requestId !== null && !(typeof requestId === "string" && requestId.length <= 255))
    problems.push({ path: ["request_id"], message: "must be a string of at most 255 characters" });
  if (problems.length > 0) throw badBody(problems);
  return action;
}
