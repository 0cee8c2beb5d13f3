import { Hono } from "hono";
import { z } from "zod";
import { suggestion } from "../../task/issue.ts";
import { categories } from "../../task/task.ts";
import type { ServerContext } from "../context.ts";
import { readObject } from "../http/read-body.ts";
import { wrongFields } from "../session/field-problems.ts";
import { environmentTools } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";

const StepRequest = z.strictObject({
  action: z.unknown(),
  request_id: z.string().min(1).max(255).optional(),
  step_count: z.int().nonnegative().optional(),
});

/** Sessions over plain HTTP: what a trainer does, and no model may. */
export function controlPlaneRoutes({ table }: ServerContext): Hono {
  const { catalog } = table;
  const app = new Hono();
  app.get("/tasks", (context) => {
    const { split, category } = context.req.query();
    const tasks = split === undefined ? catalog.tasks : named("split", split, catalog.splits);
    if (category !== undefined && !(categories as readonly string[]).includes(category))
      throw new SessionError("badOptions", `category: '${category}'; ${suggestion(category, categories)}`);
    const listed = tasks
      .filter((task) => category === undefined || task.category === category)
      .map(({ id, family, category: kind, environments, longContext, turns }) => ({
        ...{ id, family, category: kind, environments, long_context: longContext, turns: turns.length },
      }));
    return context.json({ name: catalog.name, splits: Object.keys(catalog.splits), tasks: listed });
  });
  app.get("/tools", (context) => {
    const names = context.req.query("environments")?.split(",") ?? catalog.environments;
    const unknown = names.find((name) => !catalog.environments.includes(name));
    if (unknown !== undefined)
      throw new SessionError(
        "badOptions",
        `environments: '${unknown.slice(0, 100)}'; ${suggestion(unknown, catalog.environments)}`,
      );
    return context.json({ tools: [...new Set(names)].flatMap((name) => environmentTools(catalog, name)) });
  });
  app.post("/sessions", async (context) => {
    const options = await readObject(context);
    const session = table.create();
    try {
      return context.json({ session_id: session.id, ...session.reset(options) }, 201);
    } catch (error) {
      table.close(session.id);
      throw error;
    }
  });
  app.post("/sessions/:id/reset", async (context) => {
    const options = await readObject(context);
    return context.json(table.get(context.req.param("id")).reset(options));
  });
  app.post("/sessions/:id/step", async (context) => {
    const body = await readObject(context);
    const { success, data, error } = StepRequest.safeParse(body);
    if (!success) throw wrongFields("badAction", error.issues, body);
    const { action, request_id, step_count } = data;
    const reply = table.get(context.req.param("id")).step(action, {
      ...(request_id === undefined ? {} : { requestId: request_id }),
      ...(step_count === undefined ? {} : { stepCount: step_count }),
    });
    return context.json(reply);
  });
  app.get("/sessions/:id/state", (context) => context.json(table.get(context.req.param("id")).state()));
  app.delete("/sessions/:id", (context) => {
    const id = context.req.param("id");
    return context.json({ session_id: id, closed: table.close(id) });
  });
  return app;
}

function named<T>(field: string, name: string, among: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(among, name)) return among[name]!;
  throw new SessionError("badOptions", `${field}: '${name.slice(0, 100)}'; ${suggestion(name, Object.keys(among))}`);
}
