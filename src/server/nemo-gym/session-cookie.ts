import { randomBytes } from "node:crypto";
import type { Context, Next } from "hono";

const name = "envtune_session";
/** The form of a session's id; nothing else is ever sent back to a client. */
const id = /^[A-Za-z0-9_-]{16,64}$/;

/** The id that a request's cookie holds, or undefined. */
export function readCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const [key, value = ""] = pair.trim().split("=", 2);
    const bare = value.replace(/^"(.*)"$/, "$1");
    if (key === name && id.test(bare)) return bare;
  }
  return undefined;
}

/**
 * Sends the cookie with every answer: an agent keeps only the cookies of the answer that it had last. A route that starts a
 * session says so by `context.set("session", id)`; where there is none, the cookie names a session that is not there.
 */
export async function sessionCookie(context: Context, next: Next): Promise<void> {
  await next();
  const session = context.get("session") ?? readCookie(context.req.header("cookie")) ?? noSession();
  context.header("Set-Cookie", `${name}=${session}; Path=/; HttpOnly; SameSite=Lax`);
}

const noSession = (): string => randomBytes(16).toString("base64url");
