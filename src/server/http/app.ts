import { type Context, Hono, type Next } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ServerContext } from "../context.ts";
import { carriesToken } from "./authorization.ts";
import { errorResponse } from "./error-response.ts";
import { isForeignPage } from "./foreign-page.ts";

/**
 * An app with what all requests go through: the token, the limit on bodies, metrics, and errors in one form. `outermost` adds
 * what has to see even the answers to requests that were refused.
 */
export function guardedApp(
  context: ServerContext,
  token: string | undefined,
  outermost: (app: Hono) => void = () => {},
): Hono {
  const { metrics, log, host, bodyLimit: maxSize } = context;
  const app = new Hono();
  outermost(app);
  app.use(async (c: Context, next: Next) => {
    await next();
    metrics.request("http", String(c.res.status));
  });
  app.use(async (c: Context, next: Next) => {
    if (token === undefined || c.req.path === "/health" || carriesToken(c.req.header("authorization"), token))
      return next();
    c.header("WWW-Authenticate", "Bearer");
    return c.json(
      { error: { code: "unauthorized", message: "send the server's token: Authorization: Bearer <token>" } },
      401,
    );
  });
  app.use(async (c: Context, next: Next) => {
    const origin = c.req.header("origin");
    if (!isForeignPage(origin, c.req.header("host"), host)) return next();
    const message = `a page of ${origin!.slice(0, 200)} may not call this server`;
    return c.json({ error: { code: "foreignPage", message } }, 403);
  });
  // A page in a browser may post a form or plain text to any address without asking; JSON it may not.
  app.use(async (c: Context, next: Next) => {
    const type = c.req.header("content-type");
    const isOther = type !== undefined && !/^application\/([a-z.+-]+\+)?json\b/i.test(type);
    if (!isOther || c.req.method === "GET" || c.req.header("content-length") === "0") return next();
    return c.json(
      { error: { code: "badFrame", message: `content-type is ${type.slice(0, 60)}; send application/json` } },
      415,
    );
  });
  app.use(
    bodyLimit({
      maxSize,
      onError: (c) => {
        // What is left of the body is not read: the connection can serve no other request.
        c.header("Connection", "close");
        return c.json(
          { error: { code: "tooLarge", message: `the body is larger than ${maxSize} bytes, the server's limit` } },
          413,
        );
      },
    }),
  );
  app.onError((error, c) => errorResponse(c, error, log));
  app.notFound((c) =>
    c.json(
      {
        error: { code: "unknownRoute", message: `${c.req.method} ${c.req.path.slice(0, 200)}: there is no such route` },
      },
      404,
    ),
  );
  return app;
}
