import { type Context, Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { SessionError } from "../session/session-error.ts";
import { aggregateMetrics } from "./aggregate-metrics.ts";
import { createGymnasium } from "./gymnasium.ts";
import { isObject, isVerification, readRow } from "./row.ts";
import { createSeeded } from "./seeded.ts";
import { readCookie } from "./session-cookie.ts";

/** Read by `sessionCookie`, which has to go around these routes. */
type Wire = { Variables: { session: string } };

/**
 * A resources server as NeMo Gym's agents call it: `/reset`, `/step` and `/close` of its gymnasium protocol, and
 * `/seed_session`, the tools by name and `/verify` of its older one. The session of a rollout goes by its cookie.
 */
export function nemoGymRoutes({ table }: ServerContext): Hono<Wire> {
  const gymnasium = createGymnasium(table);
  const seeded = createSeeded(table);
  const app = new Hono<Wire>();
  const call = async (context: Context<Wire, "/:tool">) => {
    const id = started(context, "/seed_session");
    return context.text(seeded.call(id, context.req.param("tool"), await context.req.text()));
  };

  app.get("/", (context) => context.json({ status: "ok" }));
  app.get("/health", (context) => context.json({ status: "ok", sessions: table.active }));
  // A rollout cannot be scored again from its text alone: the reward is the session's.
  app.get("/reverify_mode", (context) => context.json("unsupported"));

  // An agent posts a model's calls to their names, whatever they are. In an episode of /seed_session they are calls even where
  // they are named like a route: no model may start its episode anew, choose another, or read what it has earned.
  app.post("/:tool{.+}", async (context, next) => {
    const id = known(context);
    if (id === undefined || !seeded.takesCalls(id)) return next();
    const isTheAgents = context.req.param("tool") === "verify" && isVerification(await context.req.text());
    return isTheAgents ? next() : call(context);
  });

  app.post("/reset", async (context) => {
    const { session, answer } = gymnasium.reset(await readRow(context), known(context));
    context.set("session", session.id);
    return context.json(answer);
  });
  app.post("/step", async (context) =>
    context.json(gymnasium.step(await readRow(context), started(context, "/reset"))),
  );
  app.post("/close", (context) => {
    const id = known(context);
    return context.json({ closed: id !== undefined && gymnasium.close(id) });
  });

  app.post("/seed_session", async (context) => {
    context.set("session", seeded.seed(await readRow(context), known(context)).id);
    return context.json({});
  });
  app.post("/verify", async (context) =>
    context.json(seeded.verify(await readRow(context), started(context, "/seed_session"))),
  );
  app.post("/aggregate_metrics", async (context) => {
    const { verify_responses: rollouts } = await readRow(context);
    if (!Array.isArray(rollouts) || !rollouts.every(isObject))
      throw new SessionError("badAction", "verify_responses: must be a list of objects");
    return context.json(aggregateMetrics(rollouts));
  });
  app.post("/:tool{.+}", call);
  return app;
}

const known = (context: Context): string | undefined => readCookie(context.req.header("cookie"));

function started(context: Context, first: string): string {
  const id = known(context);
  if (id !== undefined) return id;
  throw new SessionError(
    "unknownSession",
    `the request has no session's cookie: call ${first}, and send its cookie back`,
  );
}
