import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { ServerContext } from "../context.ts";
import { guardedApp } from "../http/app.ts";
import { listen } from "../http/listen.ts";
import { nemoGymRoutes } from "./routes.ts";
import { sessionCookie } from "./session-cookie.ts";

/** A body may hold a model's whole answer with its token ids, and at the end of an evaluation all of its rollouts. */
const timesLarger = 32;

/** NeMo Gym's protocol at the root of a port of its own, where its agents expect it. */
export async function startNemoGym(context: ServerContext, token: string | undefined, host: string, port: number) {
  const wide = { ...context, bodyLimit: timesLarger * context.bodyLimit };
  const app = guardedApp(wide, token, (bare) => bare.use(sessionCookie));
  app.route("/", nemoGymRoutes(wide));
  const server = createServer(getRequestListener(app.fetch));
  const { url } = await listen(server, host, port);
  return {
    url,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
